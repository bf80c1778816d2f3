/** /desk/ind: files come in, and go out. */
import "./imports.css";
import { Begin } from "./begin.tsx";
import { OneFile } from "./one-file.tsx";

/** `rest`: perhaps the id of a file that is looked at. */
export function Imports({ rest }: { rest: string[] }) {
  const [id] = rest;
  return id ? <OneFile key={id} id={id} /> : <Begin />;
}
