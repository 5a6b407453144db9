/* One Python for the whole visit, in a worker that can be stopped.

   A job is an object with `say(kind, text)` and `progress(text)`; it gets its
   result as a promise. Jobs run one after the other. */

const BASE = new URL("../../../", import.meta.url);  // where the site begins
const LIVE = new URL("generated/live/", BASE);

export class Stopped extends Error {}
export class Broken extends Error {}

class Session {
  #worker = null;
  #ready = null;
  #queue = Promise.resolve();
  #job = null;
  #count = 0;

  /** Whether a program can start at once. */
  get warm() {
    return document.documentElement.dataset.python === "ready";
  }

  /** Run or check; `job` hears of it, the promise is its result. */
  perform(request, job) {
    const turn = this.#queue.then(() => this.#perform(request, job));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** End what runs, whatever it does, and start Python again. */
  stop() {
    const job = this.#job;
    this.#end();
    job?.reject(new Stopped("Stopped. Python starts again."));
    this.#start().catch(() => {});
  }

  async #perform(request, job) {
    if (job.cancelled) throw new Stopped("Stopped.");
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#job = { id, job, resolve, reject };
      this.#start().then(
        () => { if (this.#job?.id === id) this.#worker.postMessage({ ...request, id }); },
        (error) => this.#fail(error),
      );
    }).finally(() => { if (this.#job?.id === id) this.#job = null; });
  }

  #start() {
    this.#ready ??= new Promise((resolve, reject) => {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      this.#worker = worker;
      worker.onmessage = ({ data }) => {
        if (worker !== this.#worker) return;
        if (data.type === "ready") {
          document.documentElement.dataset.python = "ready";
          resolve();
        } else {
          this.#hear(data, reject);
        }
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.#hear({ type: "fatal", text: event.message || "the worker could not start" }, reject);
      };
      worker.postMessage({ type: "start", live: LIVE.href, base: BASE.href });
    });
    return this.#ready;
  }

  #hear(data, refuse) {
    const current = this.#job;
    if (data.type === "progress") {
      current?.job.progress(phrase(data));
    } else if (data.type === "fatal") {
      const started = this.warm;
      const error = new Broken(started
        ? `Python broke down (${data.text}) and starts again.`
        : `Python could not be loaded: ${data.text}. Run again to try once more.`);
      this.#end();
      refuse(error);
      current?.reject(error);
      if (started) this.#start().catch(() => {});
    } else if (current && data.id === current.id) {
      if (data.type === "say") current.job.say(data.kind, data.text);
      else if (data.type === "done") current.resolve(data);
      else current.reject(new Broken(`This could not be loaded: ${data.text}.`));
    }
  }

  #fail(error) {
    this.#job?.reject(error);
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    delete document.documentElement.dataset.python;
  }
}

function phrase({ text, done, total }) {
  if (!total) return `${text} …`;
  const mega = (n) => (n / 1e6).toFixed(1);
  return done ? `${text}: ${mega(done)} of ${mega(total)} MB` : `${text} (${mega(total)} MB) …`;
}

export const session = new Session();
