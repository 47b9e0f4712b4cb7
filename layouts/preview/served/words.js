// The page's words, and elements made of them: text is always text, never markup.

export const words = JSON.parse(document.body.dataset.words);

// A sentence with its places filled.
export function said(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// An element. Attributes that are true stand alone, those that are false or null not at all.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((it) => it != null));
  return element;
}

// A name that somebody else chose: it cannot turn the sentence around it.
export const name = (text, attributes = {}) => make("bdi", attributes, text);

// Says something to those who do not see the page.
export function announce(sentence) {
  document.getElementById("said").textContent = sentence;
}

export function scriptName(script) {
  return words[`scripts_${script}`] ?? script;
}
