"""Explorable figures, moved by keys and by hand, against the library."""

import gzip
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest

from derivable.calculus import (
    forward_difference,
    jacobian,
    jvp,
    newton,
    numerical_gradient,
)

from .conftest import FIGURES

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "src/press/theme/assets"
BASELINE = 4  # px from a mark of the y axis down to that of its words
TICKS = """(svg, axis) => [...svg.querySelectorAll(`.tick.${axis}`)].map(t =>
  [t.textContent, +t.getAttribute(axis)])"""
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@pytest.fixture
def shown(address, browser):
    """Open the page of a figure; the figure, and what went wrong."""
    contexts, wrong = [], []

    def show(name, query="", **options):
        options = {"reduced_motion": "reduce", **options}
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on(
            "console",
            lambda m: wrong.append(m.text) if m.type == "error" else None,
        )
        page.on(
            "request",
            lambda r: (
                wrong.append(r.url)
                if urlparse(r.url).hostname != "127.0.0.1"
                else None
            ),
        )
        url = f"{address}{FIGURES[name]}/{query}"
        page.goto(url, wait_until="domcontentloaded")
        figure = page.locator(f"[id='fig:{name}']")
        figure.scroll_into_view_if_needed()
        return figure

    yield show
    for context in contexts:
        context.close()
    assert wrong == []


def number(text):
    text = text.replace("−", "-")
    power = re.fullmatch(r"(?:(\S+) · )?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if power:
        factor = float(power[1] or 1)
        return factor * 10.0 ** int(power[2].translate(RAISED))
    return float(text)


def scale(figure, panel, axis, *, log=False):
    """From pixels to numbers, as the ticks of the axis say."""
    marks = figure.locator("svg").nth(panel).evaluate(TICKS, axis)
    values = np.array([number(text) for text, _ in marks])
    pixels = np.array([at for _, at in marks])
    if axis == "y":
        pixels = pixels - BASELINE
    if log:
        values = np.log10(values)
    slope, shift = np.polyfit(pixels, values, 1)
    return lambda px: 10 ** (slope * px + shift) if log else slope * px + shift


def set_to(figure, name, index):
    """Move a slider."""
    figure.locator(f"input[name={name}]").fill(str(index))


def press(figure, name, *keys):
    """Move a slider by keys alone."""
    slider = figure.locator(f"input[name={name}]")
    slider.focus()
    for key in keys:
        slider.press(key)


def attribute(figure, selector, name, nth=0):
    return float(figure.locator(selector).nth(nth).get_attribute(name))


def cells(figure, row):
    head = figure.locator("tr", has=figure.page.locator("th", has_text=row))
    return [number(t) for t in head.first.locator("td").all_text_contents()]


def wait_for(figure, words):
    figure.locator("output", has_text=words).wait_for(timeout=20_000)


def test_a_key_moves_the_secant_to_where_the_library_says(shown):
    figure = shown("step")
    keys = {0: ["Home"], 5: ["ArrowRight"] * 5, 51: ["End"]}
    for index, pressed in keys.items():
        h = 2.0 ** (index - 50)
        slope = forward_difference(np.exp, 1.0, h=h)
        error = abs(slope - np.e)
        press(figure, "h", *pressed)
        wait_for(figure, f"slope {slope:.5f}")
        dots = figure.locator("svg").nth(0).locator(".handle")
        x, y = (scale(figure, 0, a) for a in "xy")
        assert x(attribute(dots, "xpath=.", "cx")) == pytest.approx(
            1 + h, abs=0.01
        )
        assert y(attribute(dots, "xpath=.", "cy")) == pytest.approx(
            np.exp(1 + h), abs=0.06
        )
        far = figure.locator("svg").nth(1).locator(".handle")
        x, y = (scale(figure, 1, a, log=True) for a in "xy")
        assert x(attribute(far, "xpath=.", "cx")) == pytest.approx(h, rel=0.03)
        assert y(attribute(far, "xpath=.", "cy")) == pytest.approx(
            error, rel=0.03
        )
        assert cells(figure, "Slope of the secant") == pytest.approx(
            [slope], abs=1e-8
        )


def test_the_gradient_and_its_shadow_are_where_the_library_says(shown):
    def f(x):
        return x[0] ** 2 / 2 + x[0] * x[1] / 2 + x[1] ** 2

    figure = shown("direction")
    set_to(figure, "place", 3)
    set_to(figure, "angle", 60)
    ray = np.array([np.cos(np.radians(135)), np.sin(np.radians(135))])
    point = ray * np.sqrt(3 / f(ray))
    d = np.array([np.cos(np.radians(120)), np.sin(np.radians(120))])
    g = numerical_gradient(f, point)
    wait_for(figure, f"the slope is {g @ d:.2f}, of {np.linalg.norm(g):.2f}")
    x, y = (scale(figure, 0, a) for a in "xy")
    place = figure.locator("svg").nth(0).locator("[data-drags=place]")
    assert x(attribute(place, "xpath=.", "cx")) == pytest.approx(
        point[0], abs=0.01
    )
    assert y(attribute(place, "xpath=.", "cy")) == pytest.approx(
        point[1], abs=0.01
    )
    arrow = figure.locator("path.c0.bold").get_attribute("d")
    ends = re.findall(r"(-?[\d.]+),(-?[\d.]+)", arrow)[:2]
    (x0, y0), (x1, y1) = ((x(float(a)), y(float(b))) for a, b in ends)
    assert [x1 - x0, y1 - y0] == pytest.approx(list(0.4 * g), abs=0.01)
    assert cells(figure, "Gradient") == pytest.approx(list(g), abs=6e-4)


def test_the_square_becomes_what_map_and_jacobian_say(shown):
    def polar(p):
        return np.array([p[0] * np.cos(p[1]), p[0] * np.sin(p[1])])

    figure = shown("patch")
    set_to(figure, "side", 9)
    set_to(figure, "r", 1)
    side, corner = 0.5, np.array([0.5, 0.5])
    J = jacobian(polar, corner)
    wait_for(figure, f"the determinant is {np.linalg.det(J):.3f}")
    x, y = (scale(figure, 1, a) for a in "xy")
    after = figure.locator("svg").nth(1)

    def points(selector):
        d = after.locator(selector).get_attribute("d")
        pairs = re.findall(r"(-?[\d.]+),(-?[\d.]+)", d)
        return np.array([(x(float(a)), y(float(b))) for a, b in pairs])

    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    assert points("path.dashed") == pytest.approx(
        polar(corner) + side * corners @ J.T, abs=0.01
    )
    image = points("path.area")
    assert image[0] == pytest.approx(
        polar(corner + side * np.array([1, 0])), abs=0.01
    )
    assert np.linalg.norm(image, axis=1).max() == pytest.approx(1, abs=0.01)
    assert cells(figure, "Area of the image") == pytest.approx(
        [0.75], abs=1e-4
    )


@pytest.mark.parametrize(("index", "start"), [(44, 0.9), (49, 1.15)])
def test_tangents_lead_where_newton_goes(index, start, shown):
    path = [start]
    for _ in range(5):
        path.append(-(path[-1] ** 3))  # the step in closed form
    figure = shown("tangents")
    set_to(figure, "start", index)
    wait_for(figure, f"From {start:.2f}")
    x = scale(figure, 0, "x")
    dots = figure.locator("svg").nth(0).locator(".dot")
    assert x(attribute(dots, "xpath=.", "cx", 5)) == pytest.approx(
        start, abs=0.02
    )
    for k in (0, 1):
        assert x(attribute(dots, "xpath=.", "cx", k)) == pytest.approx(
            path[k + 1], abs=0.02
        )
    assert cells(figure, "x")[1:4] == pytest.approx(path[1:4], rel=5e-3)
    if start < 1:
        found = newton(
            lambda x: x / np.hypot(1, x),
            [start],
            lambda x: np.diag(np.hypot(1, x) ** -3),
        )
        assert cells(figure, "x") == pytest.approx(list(found[:, 0]), rel=6e-3)


def test_forward_mode_counts_inputs_and_reverse_mode_outputs(shown):
    figure = shown("modes")
    seen = {}
    for n, m in [(5, 0), (6, 0), (5, 3)]:
        set_to(figure, "n", n)
        set_to(figure, "m", m)
        wait_for(figure, f"n = {2**n}, m = {2**m}:")
        forward, reverse = (
            cells(figure, f"{w} mode, in runs of f")[0]
            for w in ("Forward", "Reverse")
        )
        y = scale(figure, 0, "y", log=True)
        for selector, runs in [(".c0", forward), (".c1", reverse)]:
            at = attribute(figure, f".dot{selector}", "cy")
            assert y(at) == pytest.approx(runs, rel=0.03)
        seen[n, m] = forward, reverse
    assert seen[6, 0][0] == pytest.approx(2 * seen[5, 0][0], rel=0.05)
    assert seen[6, 0][1] == pytest.approx(seen[5, 0][1], rel=0.05)
    assert seen[5, 3][0] == pytest.approx(seen[5, 0][0], rel=0.05)
    assert seen[5, 3][1] > 4 * seen[5, 0][1]
    ran = []

    def layer(x):
        ran.append(1)
        return np.tanh(np.ones((8, 32)) @ x)

    for e in np.eye(32):
        jvp(layer, np.ones(32), e)
    assert seen[5, 3][0] == pytest.approx(2 * len(ran), rel=0.05)


def test_a_mark_is_dragged_and_the_slider_goes_with_it(shown):
    figure = shown("tangents")
    handle = figure.locator(".handle")
    box = handle.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = figure.page.mouse
    mouse.move(*at)
    mouse.down()
    mouse.move(at[0] - 30, at[1] + 5, steps=5)
    mouse.up()
    figure.page.wait_for_function("location.search.includes('tangents-start')")
    start = number(figure.locator("input + span").inner_text())
    assert 0 < start < 0.9
    assert figure.locator("input").input_value() == str(round(start * 20 + 26))
    x = scale(figure, 0, "x")
    assert x(attribute(figure, ".handle", "cx")) == pytest.approx(
        start, abs=0.02
    )
    wait_for(figure, f"From {start:.2f}")


def test_the_state_is_in_the_address_and_comes_back(shown):
    figure = shown("patch")
    before = figure.page.evaluate("history.length")
    set_to(figure, "r", 4)
    wait_for(figure, "at r = 1.25")
    query = parse_qs(urlparse(figure.page.url).query)
    assert query == {"patch-r": ["1.25"]}
    assert figure.page.evaluate("history.length") == before
    again = shown("patch", f"?{urlparse(figure.page.url).query}&patch-side=x")
    wait_for(again, "at r = 1.25")
    assert again.locator("input[name=r]").input_value() == "4"
    assert again.locator("input[name=side]").input_value() == "17"
    set_to(again, "r", 3)
    wait_for(again, "at r = 1.00")
    assert "patch-r" not in again.page.url


def test_without_script_the_first_state_and_its_numbers_stand(shown):
    page = shown("step", java_script_enabled=False).page
    base = page.url.removesuffix(f"{FIGURES['step']}/")
    opened = ""
    for name, chapter in FIGURES.items():  # those of a page are together
        if chapter != opened:
            page.goto(f"{base}{chapter}/", wait_until="domcontentloaded")
            opened = chapter
        figure = page.locator(f"[id='fig:{name}']")
        assert figure.locator("svg").first.is_visible(), name
        assert figure.locator("output").is_visible(), name
        assert not figure.locator("input").first.is_visible(), name
        figure.locator("summary").click()
        assert figure.locator("table").is_visible(), name
        assert figure.locator("td").first.inner_text(), name


def test_a_figure_works_after_instant_navigation(shown):
    figure = shown("step")
    page = figure.page
    page.evaluate("window.stayed = true")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/calculus/gradients/**")
    other = page.locator("[id='fig:direction']")
    other.scroll_into_view_if_needed()
    set_to(other, "angle", 0)
    wait_for(other, "the slope is −1.84")
    assert page.evaluate("window.stayed") is True


def test_states_are_loaded_for_who_comes_near_only(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{address}calculus/gradients/", wait_until="networkidle")
    assert not [url for url in asked if "/explorables/" in url]
    with page.expect_request("**/explorables/**"):
        page.locator(
            "[id='fig:direction'] output"
        ).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    found = [url for url in asked if "/explorables/" in url]
    assert len(found) == 1
    assert found[0].endswith("explorables/calculus/gradients/direction.json")
    page.close()


def test_a_failed_load_is_said_and_tried_again(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route("**/step.json", lambda route: route.abort())
    page.goto(f"{address}calculus/derivatives/")
    figure = page.locator("[id='fig:step']")
    set_to(figure, "h", 0)
    wait_for(figure, "could not be loaded")
    page.unroute("**/step.json")
    set_to(figure, "h", 48)
    wait_for(figure, "Step 0.25")
    page.close()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_marks_glide_unless_less_motion_is_asked_for(motion, shown):
    figure = shown("step", reduced_motion=motion)
    figure.page.evaluate("""() => {
      window.frames_seen = new Set();
      new MutationObserver(all => all.forEach(m =>
        window.frames_seen.add(m.target.getAttribute("cx"))))
        .observe(document.querySelector("[id='fig:step'] .handle"),
          {attributes: true, attributeFilter: ["cx"]});
    }""")
    slider = figure.locator("input")
    slider.focus()
    slider.press("Home")
    wait_for(figure, "Step 8.9")
    x = scale(figure, 0, "x")
    for _ in range(100):
        figure.page.wait_for_timeout(100)
        if abs(x(attribute(figure, ".handle", "cx")) - 1) < 0.01:
            break
    else:
        pytest.fail("the handle does not arrive")
    seen = figure.page.evaluate("[...window.frames_seen]")
    assert len(seen) == 1 if motion == "reduce" else len(seen) > 2


def test_inputs_are_named_and_told_in_words(shown):
    figure = shown("direction")
    slider = figure.get_by_role("slider", name="Direction, degrees")
    slider.focus()
    slider.press("ArrowRight")
    wait_for(figure, "54° from the gradient")
    assert slider.get_attribute("aria-valuetext") == "5°"
    assert figure.locator("output").get_attribute("aria-live") == "polite"
    assert figure.get_by_role("img").get_attribute("aria-label")


def test_script_and_style_are_small():
    script = gzip.compress((ASSETS / "js" / "explorable.js").read_bytes())
    style = gzip.compress((ASSETS / "css" / "explorable.css").read_bytes())
    assert len(script) <= 2300
    assert len(script) + len(style) <= 3500
