/** The way to be told on this phone what is answered to a proposal: the app itself asks for it, as it does for all that is followed. */
export const AnswerLink = ({ id }: { id: string }) => (
  <p>
    <a href={`/gemt#svar-${id}`}>Giv mig besked på den her telefon, når der er svar</a>
  </p>
);
