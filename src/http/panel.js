(() => {
  const { page, hash, files, token } = document.currentScript.dataset;
  const scrollKey = "dateline-scroll:" + location.pathname;
  const query = new URLSearchParams({ token, page, hash, files });

  // The place in the page survives a reload.
  const restore = () => {
    const saved = sessionStorage.getItem(scrollKey);
    if (!saved) return;
    const [left, top] = JSON.parse(saved);
    scrollTo({ left, top, behavior: "instant" });
  };
  restore();
  addEventListener("load", () => { restore(); sessionStorage.removeItem(scrollKey); });
  const reload = () => {
    sessionStorage.setItem(scrollKey, JSON.stringify([scrollX, scrollY]));
    location.reload();
  };

  const swapStyles = () => {
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("dateline", Date.now());
      const next = link.cloneNode();
      next.href = url.href;
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => link.remove());
      link.after(next);
    }
  };

  // The panel, out of reach of the page's styles.
  const host = document.createElement("dateline-panel");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = "<style>" + CSS + "</style>" + HTML;
  document.body.append(host);
  const at = (id) => root.getElementById(id);
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const copier = (text, what) => {
    const button = make("button", "", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", "Copy " + what);
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; }
      catch { getSelection().selectAllChildren(button.previousElementSibling); }
    });
    return button;
  };

  const diagnostic = (it, kind) => {
    const article = make("article", kind);
    const message = make("p", "message", it.message + " ");
    message.append(make("span", "rule", kind + "[" + it.rule + "]"));
    article.append(message);
    const place = make("p", "place");
    if (it.link) {
      const link = make("a", "", it.path + ":" + it.line);
      link.href = it.link;
      place.append(link, " ");
    }
    place.append(make("code", "", it.place), " ", copier(it.place, "the path"));
    const excerpt = make("pre", "", it.before);
    excerpt.append(make("mark", "", it.marked || " "), it.after);
    article.append(place, excerpt);
    for (const help of it.help) article.append(make("p", "help", "help: " + help));
    if (it.fix) {
      // Without the heads of the diff: the place is told above.
      const lines = it.fix.split("\n").filter((line) => !/^(---|\+\+\+|@@) /.test(line));
      article.append(make("p", "help", "dateline check --fix changes:"), make("pre", "fix", lines.join("\n")));
    }
    return article;
  };
  const counted = (n, what) => n + " " + what + (n === 1 ? "" : "s");
  const more = (told, n) => n > told.length ? [make("p", "", "and " + (n - told.length) + " more")] : [];

  const showDesk = (desk) => {
    const box = at("desk").lastElementChild;
    at("desk").hidden = !desk;
    if (!desk) return;
    const list = (title, items, line) => {
      if (!items.length) return [];
      const ul = make("ul");
      for (const it of items) { const li = make("li"); li.append(...line(it)); ul.append(li); }
      return [make("h3", "", title), ul];
    };
    const found = list("Found", desk.entities, (it) => {
      const link = make("a", "", it.name);
      link.href = it.href;
      const words = it.found.map(([words, rule]) => words + " (" + rule + ")").join(", ");
      return [link, " × " + it.count + ": " + words];
    });
    const doubts = list("Ambiguous", desk.ambiguous, (it) => [it.message, " – ", it.help.join("; ")]);
    const missing = desk.missing
      ? list("Not in the registry", desk.missing, (it) => [
          it.name + " (" + it.kind + "?, " + it.in_book + " in the book) ", make("code", "", it.command), " ",
          copier(it.command, "the command for " + it.name)])
      : [make("p", "", "Counting the names that the registry lacks…")];
    box.replaceChildren(...found, ...doubts, ...missing);
  };

  let closed = sessionStorage.getItem("dateline-closed") === "yes";
  let last = null;
  const show = () => {
    const { errors, warnings, n_errors, n_warnings, trouble, desk } = last;
    const isBad = n_errors > 0 || trouble;
    const isOpen = isBad ? !last.closed : !closed && (n_warnings > 0 || desk);
    at("panel").hidden = !isOpen;
    at("panel").classList.toggle("bad", Boolean(isBad));
    at("open").hidden = isOpen || !(isBad || n_warnings > 0 || desk);
    const parts = [n_errors && counted(n_errors, "error"), n_warnings && counted(n_warnings, "warning")];
    const state = parts.filter(Boolean).join(", ");
    at("state").textContent = state + (isBad ? " – below is the last good page" : "");
    at("open").textContent = "Dateline" + (state && ": " + state);
    at("trouble").hidden = !trouble;
    at("trouble").textContent = trouble || "";
    at("errors").replaceChildren(...errors.map((it) => diagnostic(it, "error")), ...more(errors, n_errors));
    at("warnings").hidden = !n_warnings;
    at("warnings").firstElementChild.textContent = counted(n_warnings, "warning");
    at("warnings").lastElementChild.replaceChildren(
      ...warnings.map((it) => diagnostic(it, "warning")), ...more(warnings, n_warnings));
    showDesk(desk);
  };
  const close = (is) => {
    closed = is;
    sessionStorage.setItem("dateline-closed", is ? "yes" : "no");
    last.closed = is;
    show();
    at(is ? "open" : "close").focus();
  };
  closed = sessionStorage.getItem("dateline-closed") !== "no";
  at("close").addEventListener("click", () => close(true));
  at("open").addEventListener("click", () => close(false));
  at("panel").addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });

  // A browser grants six connections to a host: a page that nobody sees gives its own back.
  let source = null;
  let sleep = 0;
  const connect = () => {
    clearTimeout(sleep);
    if (source || document.hidden) return;
    source = new EventSource("/.dateline/events?" + query);
    source.addEventListener("reload", reload);
    source.addEventListener("css", swapStyles);
    source.addEventListener("panel", (event) => { last = JSON.parse(event.data); show(); });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      // The preview was ended; one that is started again knows other words.
      source = null;
      const again = async () => {
        try { await fetch(location.href, { method: "HEAD" }); reload(); }
        catch { setTimeout(again, 1000); }
      };
      setTimeout(again, 1000);
    });
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) sleep = setTimeout(() => { source?.close(); source = null; }, 30000);
    else connect();
  });
  connect();
})();
