// /proeve#code: a tap tells the server the code, which answers with a cookie; then the app opens. The code never stands in a request's address.
(() => {
  const button = document.getElementById("proeve");
  const answer = document.getElementById("svar");
  const words = button.textContent;
  let opening = false;
  button.addEventListener("click", async () => {
    if (opening) return;
    opening = true;
    button.textContent = button.dataset.opening;
    answer.textContent = "";
    let status = 0;
    try {
      const sent = await fetch("/api/v1/trial", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code: location.hash.slice(1) }),
      });
      status = sent.status;
    } catch {
      // Said below.
    }
    if (status === 204) {
      location.replace("/");
      return;
    }
    opening = false;
    button.textContent = words;
    answer.textContent = status && status < 500 ? button.dataset.no : button.dataset.unreached;
  });
})();
