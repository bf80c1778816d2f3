import type { ComponentChildren } from "preact";

/** One picture, edge to edge, with who took it. Where it is not on the phone its words stand alone. */
export function Photo(p: {
  sha256: string;
  w: number;
  h: number;
  alt: string;
  lang: string;
  children: ComponentChildren;
}) {
  const small = `/media/${p.sha256}-320.webp`;
  const large = `/media/${p.sha256}-1280.webp`;
  return (
    <figure class="photo">
      <img
        src={small}
        srcset={`${small} 320w, ${large} 1280w`}
        sizes="(max-width: 44em) 100vw, 44em"
        width={p.w}
        height={p.h}
        alt={p.alt}
        lang={p.lang}
        loading="lazy"
        decoding="async"
      />
      <figcaption>{p.children}</figcaption>
    </figure>
  );
}
