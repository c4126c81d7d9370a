import { useEffect, useState } from "react";
import { type Manifest, manifest } from "./manifest";

/** Who there is; null until that is known, and when it cannot be. */
export function useManifest(): Manifest | null {
  const [all, setAll] = useState<Manifest | null>(null);
  useEffect(() => {
    let gone = false;
    manifest().then(
      (read) => !gone && setAll(read),
      (error: unknown) => console.warn("The list of interviewers could not be loaded.", error),
    );
    return () => {
      gone = true;
    };
  }, []);
  return all;
}
