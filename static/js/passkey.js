// Passkeys: the browser makes or shows one, the form carries what it answered.

const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function decode(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function readable({ publicKey: options }) {
  const known = (list) => list?.map((it) => ({ ...it, id: decode(it.id) }));
  const publicKey = { ...options, challenge: decode(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) publicKey.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) publicKey.allowCredentials = known(options.allowCredentials);
  return { publicKey };
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const options = readable(JSON.parse(document.getElementById("pilihan-kunci").textContent));
      const credential = await navigator.credentials[form.dataset.passkey](options);
      form.elements.credential.value = answer(credential);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
