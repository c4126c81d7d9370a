/** The part of the window that is really to be seen: without an on-screen keyboard, which some browsers lay over the page. */

import { useEffect, useState } from "react";

interface Visible {
  height: number;
  top: number;
  /** Too low for everything: the controls give way to the interviewer and the answer. */
  compact: boolean;
}

const COMPACT_BELOW = 560;

function measure(): Visible {
  const view = window.visualViewport;
  const zoomed = view !== null && view.scale > 1.01;
  const height = view && !zoomed ? view.height : window.innerHeight;
  return { height, top: view && !zoomed ? view.offsetTop : 0, compact: height < COMPACT_BELOW };
}

export function useVisible(): Visible {
  const [visible, setVisible] = useState(measure);
  useEffect(() => {
    const update = () => setVisible(measure());
    const view = window.visualViewport;
    window.addEventListener("resize", update);
    view?.addEventListener("resize", update);
    view?.addEventListener("scroll", update);
    return () => {
      window.removeEventListener("resize", update);
      view?.removeEventListener("resize", update);
      view?.removeEventListener("scroll", update);
    };
  }, []);
  return visible;
}
