// Explorable figures. Every state was computed in the build; here a native
// range input, or the mark that it moves, chooses which one is shown.

const NUMBER = /-?\d+(\.\d+)?/g;
const GLIDE = 140; // ms
const FAILED = "The states of this figure could not be loaded. Move again to retry.";
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** The text `t` of the way from `a` to `b`, number by number. */
function between(a, b, t) {
  const ends = b.match(NUMBER) ?? [];
  let i = 0;
  return a.replace(NUMBER, (n) => +n + (ends[i++] - n) * t);
}

class Explorable extends HTMLElement {
  connectedCallback() {
    if (!this.inputs) this.prepare();
    this.watch = new IntersectionObserver((seen) => {
      if (!seen.at(-1).isIntersecting) return;
      this.watch.disconnect();
      (window.requestIdleCallback ?? setTimeout)(() => this.load());
    });
    this.watch.observe(this);
    const query = new URLSearchParams(location.search);
    if (this.inputs.some((input) => query.has(input.id))) this.restore(query);
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  prepare() {
    this.inputs = [...this.querySelectorAll("input")];
    for (const input of this.inputs) {
      input.addEventListener("input", () => this.show());
      input.addEventListener("change", () => this.remember());
    }
    this.addEventListener("pointerdown", (event) => this.grab(event));
  }

  /** The states, fetched once. */
  load() {
    const link = this.querySelector(".explorable-states");
    this.loading ??= fetch(link.href)
      .then((got) => (got.ok ? got.json() : Promise.reject()))
      .then((states) => this.take(states))
      .catch(() => { this.loading = null; });
    return this.loading;
  }

  take(states) {
    this.sizes = states.parameters.map((p) => p.values.length);
    this.parameters = states.parameters;
    this.moves = states.moves.map(([n, attribute, axes, values]) => {
      const node = this.querySelector(`[data-n="${n}"]`);
      return { node, attribute, axes, values };
    });
    return true;
  }

  /** What a move sets where the inputs stand at `stops`. */
  value({ axes, values }, stops) {
    return values[axes.reduce((at, a) => at * this.sizes[a] + stops[a], 0)];
  }

  get stops() {
    return this.inputs.map((input) => +input.value);
  }

  async show() {
    if (!(await this.load())) {
      this.querySelector("output").textContent = FAILED;
      return;
    }
    const { stops } = this;
    this.inputs.forEach((input, i) => {
      const shown = this.parameters[i].shown[stops[i]];
      input.setAttribute("aria-valuetext", shown);
      input.nextElementSibling.textContent = shown;
    });
    const glides = [];
    for (const move of this.moves) {
      const to = this.value(move, stops);
      if (!move.attribute) {
        if (move.node.textContent !== to) move.node.textContent = to;
      } else {
        const from = move.node.getAttribute(move.attribute);
        if (from !== to) glides.push([move.node, move.attribute, from, to]);
      }
    }
    this.glide(glides);
  }

  glide(glides) {
    cancelAnimationFrame(this.frame);
    const start = performance.now();
    const step = (now) => {
      const t = still.matches ? 1 : Math.min(1, (now - start) / GLIDE);
      for (const [node, attribute, from, to] of glides) {
        node.setAttribute(attribute, t < 1 ? between(from, to, Math.max(t, 0)) : to);
      }
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    step(start);
  }

  /** A mark that is dragged moves its input to the nearest stop. */
  async grab(event) {
    const mark = event.target.closest(".handle");
    if (!mark || event.button) return;
    event.preventDefault();
    if (!(await this.load())) return;
    const axis = this.inputs.findIndex((i) => i.name === mark.dataset.drags);
    const own = this.moves.filter((m) => m.node === mark);
    const input = this.inputs[axis];
    const drag = (at) => {
      const point = new DOMPoint(at.clientX, at.clientY);
      const to = point.matrixTransform(mark.ownerSVGElement.getScreenCTM().inverse());
      const away = (stop) => {
        const stops = this.stops.with(axis, stop);
        return own.reduce((sum, m) => {
          const target = m.attribute === "cx" ? to.x : to.y;
          return sum + (this.value(m, stops) - target) ** 2;
        }, 0);
      };
      const all = [...Array(this.sizes[axis]).keys()].map(away);
      input.value = all.indexOf(Math.min(...all));
      this.show();
    };
    const end = new AbortController();
    const options = { signal: end.signal };
    const drop = () => {
      end.abort();
      this.remember();
    };
    addEventListener("pointermove", drag, options);
    addEventListener("pointerup", drop, options);
    addEventListener("pointercancel", drop, options);
  }

  /** The state goes into the address, without a step in the history. */
  async remember() {
    if (!(await this.load())) return;
    const url = new URL(location.href);
    this.inputs.forEach((input, i) => {
      const value = this.parameters[i].values[input.value];
      if (input.value === input.defaultValue) url.searchParams.delete(input.id);
      else url.searchParams.set(input.id, value);
    });
    history.replaceState(history.state, "", url);
  }

  async restore(query) {
    if (!(await this.load())) return;
    this.inputs.forEach((input, i) => {
      const wanted = parseFloat(query.get(input.id));
      const away = this.parameters[i].values.map((v) => Math.abs(v - wanted));
      if (!isNaN(wanted)) input.value = away.indexOf(Math.min(...away));
    });
    this.show();
  }
}

customElements.get("book-explorable") ?? customElements.define("book-explorable", Explorable);
