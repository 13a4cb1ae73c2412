// The control address of the sandbox, and its stream of events.

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

export async function get(path) {
  return answer(await fetch(`/sandbox/${path}`));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(`/sandbox/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

// Several files go as one album; `manner` says who sends them, where, and what they answer.
export async function sendFiles(chat, kind, files, caption, manner) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind, caption, ...manner })) form.set(name, value);
  for (const file of files) form.append("file", file);
  const path = files.length > 1 ? "album" : "file";
  return answer(await fetch(`/sandbox/chats/${chat}/${path}`, { method: "POST", body: form }));
}

export function listen({ event, lost, back }) {
  const source = new EventSource("/sandbox/events");
  let wasLost = false;
  source.onmessage = (message) => event(JSON.parse(message.data));
  source.onerror = () => {
    wasLost = true;
    lost();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ event, lost, back }), 1500);
    }
  };
  source.onopen = () => {
    if (wasLost) back();
    wasLost = false;
  };
}
