/** A push service that takes everything: reads each body to its end and answers 201. Says its port; GET tells how many it took. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let taken = 0;
const server = createServer((request, answer) => {
  if (request.method === "GET") {
    answer.end(String(taken));
    return;
  }
  request.on("end", () => {
    taken += 1;
    answer.writeHead(201, { "content-length": "0" }).end();
  });
  request.resume();
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
