/* Python in a worker: loads it, runs one program at a time, sees no page.

   Every file of Python itself is compared with the hash that the build wrote
   down; packages are compared by Pyodide, with the hashes of our lock. While
   a program runs, the ways to the network that it would use are closed. */

const nativeFetch = self.fetch.bind(self);
const ROUTES = ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport",
  "Worker", "BroadcastChannel", "indexedDB", "caches", "importScripts"];

let open = true;
let pyodide = null;
let kernel = null;
let index = null;
let places = null;
const loaded = new Set();

delete WorkerGlobalScope.prototype.fetch;
self.fetch = (...request) => open
  ? nativeFetch(...request)
  : Promise.reject(new TypeError("a program has no network here"));

self.onmessage = async ({ data }) => {
  try {
    if (data.type === "start") await start(data);
    else await perform(data);
  } catch (error) {
    const fatal = !(error instanceof Unloaded);
    self.postMessage({ type: fatal ? "fatal" : "failed", id: data.id, text: words(error) });
  }
};

/* A package that did not come; Python itself is as it was. */
class Unloaded extends Error {}

function isFatal(error) {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError
    || error?.name === "FatalPyodideError" || error?.pyodide_fatal_error === true;
}

function words(error) {
  return String(error?.message ?? error);
}

function tell(text, done = 0, total = 0) {
  self.postMessage({ type: "progress", text, done, total });
}

async function start({ live, base }) {
  places = { live, pyodide: null };
  index = await (await get(new URL("live.json", live))).json();
  places.pyodide = new URL(index.pyodide, base).href;
  const names = Object.keys(index.core);
  const total = names.reduce((sum, name) => sum + index.core[name].size, 0);
  const done = new Map();
  const report = (name, bytes) => {
    done.set(name, bytes);
    tell("Loading Python", [...done.values()].reduce((a, b) => a + b, 0), total);
  };
  report("", 0);
  const files = Object.fromEntries(await Promise.all(names.map(async (name) =>
    [name, await core(name, (bytes) => report(name, bytes))])));
  tell("Starting Python");
  await script(await files["pyodide.asm.js"].blob());
  const { loadPyodide } = await script(await files["pyodide.mjs"].blob());
  const before = self.fetch;
  self.fetch = (request, ...rest) => {  // Python itself is here already
    const name = String(request.url ?? request).split("/").pop();
    return name in files ? Promise.resolve(files[name]) : before(request, ...rest);
  };
  const kernelSource = get(new URL("kernel.py", live)).then((r) => r.text());
  pyodide = await loadPyodide({
    indexURL: places.pyodide,
    lockFileURL: new URL("pyodide-lock.json", live).href,
    env: { HOME: "/home/reader", MPLBACKEND: "agg" },
    stdin: () => null,
  });
  self.fetch = before;
  for (const name of ROUTES) Object.defineProperty(self, name, { value: undefined });
  pyodide.FS.writeFile("/kernel.py", await kernelSource);
  pyodide.runPython("import sys; sys.path.insert(0, '/')");
  kernel = pyodide.pyimport("kernel");
  self.postMessage({ type: "ready" });
}

/* A file of Python itself, counted as it comes, refused if it is another. It
   stays the response of the network: with it the browser keeps what it
   compiled, and the next visit starts in about two thirds of the time. */
async function core(name, report) {
  const response = await get(new URL(name, places.pyodide));
  const whole = response.clone();
  const parts = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    report(bytes += value.length);
  }
  const data = await new Blob(parts).arrayBuffer();
  await compare(data, index.core[name].sha256, name);
  const type = "application/wasm";  // as which alone it is compiled
  return !name.endsWith(".wasm") || whole.headers.get("Content-Type") === type
    ? whole
    : new Response(whole.body, { headers: { "Content-Type": type } });
}

async function get(url) {
  let response;
  try {
    response = await nativeFetch(url, { cache: "force-cache", credentials: "omit" });
  } catch {
    throw new Error(`${new URL(url).host} could not be reached`);
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

async function compare(data, expected, name) {
  if (!self.crypto.subtle) return;  // only a page on https or loopback has it
  const digest = new Uint8Array(await self.crypto.subtle.digest("SHA-256", data));
  const found = [...digest].map((b) => b.toString(16).padStart(2, "0")).join("");
  if (found !== expected) throw new Error(`${name} is not the file that this book was tested with`);
}

async function script(blob) {
  const url = URL.createObjectURL(blob.slice(0, blob.size, "text/javascript"));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function perform({ id, type, programs, attempt, starter, grader, above }) {
  const sources = type === "check" ? [...above, attempt, grader] : programs;
  const say = (kind, text) => self.postMessage({ type: "say", id, kind, text });
  let names = kernel.imports(pyodide.toPy(sources)).toJs();
  for (;;) {
    open = true;
    try {
      await prepare(names);
    } catch (error) {
      throw isFatal(error) ? error : new Unloaded(words(error));
    }
    open = false;
    const began = performance.now();
    let result;
    try {
      const answer = type === "check"
        ? kernel.check(pyodide.toPy([...above, attempt]), starter, grader, say, ...late())
        : kernel.run(pyodide.toPy(programs), say, ...late());
      result = answer?.toJs ? answer.toJs({ dict_converter: Object.fromEntries }) : null;
      answer?.destroy?.();
    } finally {
      open = true;
    }
    if (!result?.missing) {
      const seconds = (performance.now() - began) / 1000;
      self.postMessage({ type: "done", id, result, seconds });
      return;
    }
    say("clear", "");  // the library imports what no program names: again, with it
    names = [result.missing];
  }
}

/* The library, and the modules that it may still ask for while a program
   runs: each once, because what was loaded is not among them. */
function late() {
  if (!index.library) return [];  // the browser kept an older list, and its kernel
  const packages = Object.keys(index.packages).filter((name) => !loaded.has(name));
  const wheels = Object.keys(index.wheels).filter((name) => !loaded.has(name));
  const modules = packages.flatMap((name) => index.packages[name].imports);
  return [index.library, pyodide.toPy([...modules, ...wheels])];
}

/* Load what is named and not there yet. */
async function prepare(names) {
  const wheels = new Set();
  const packages = new Set();
  const add = (name) => {
    if (name in index.wheels) {
      if (wheels.has(name)) return;
      wheels.add(name);
      index.wheels[name].needs.forEach(add);
    } else if (name in index.packages) {
      packages.add(name);
    } else {
      const owner = Object.keys(index.packages)
        .find((key) => index.packages[key].imports.includes(name));
      if (owner) packages.add(owner);
    }
  };
  names.forEach(add);
  const missing = [...packages].filter((name) => !loaded.has(name));
  if (missing.length) {
    const size = missing.reduce((sum, name) => sum + index.packages[name].size, 0);
    tell(`Loading ${missing.join(", ")}`, 0, size);
    await pyodide.loadPackage(missing, {
      messageCallback: () => {},
      errorCallback: (text) => { throw new Error(/ loading (.+):$/.exec(text)?.[1] ?? text); },
    });
    missing.forEach((name) => {
      if (!pyodide.loadedPackages[name]) throw new Error(`${name} could not be loaded`);
      loaded.add(name);
    });
  }
  for (const name of wheels) {
    if (loaded.has(name)) continue;
    const wheel = index.wheels[name];
    tell(`Loading ${name}`, 0, wheel.size);
    const data = await (await get(new URL(wheel.file, places.live))).arrayBuffer();
    await compare(data, wheel.sha256, wheel.file);
    pyodide.unpackArchive(data, "whl");
    loaded.add(name);
  }
}
