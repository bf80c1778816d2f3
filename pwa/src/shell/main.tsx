document.getElementById("app")!.textContent = "Mødesteder";
