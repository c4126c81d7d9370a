import { useEffect } from "react";
import { EndPage } from "./pages/EndPage";
import { MissingPage } from "./pages/MissingPage";
import { PastPage } from "./pages/PastPage";
import { RoomPage } from "./pages/RoomPage";
import { SetupPage } from "./pages/SetupPage";
import { routeOf, usePath } from "./router";

export function App() {
  const path = usePath();
  const route = routeOf(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address puts the reader at its heading
  useEffect(() => {
    document.querySelector<HTMLElement>("[data-page-heading]")?.focus({ preventScroll: true });
  }, [path]);

  switch (route.page) {
    case "setup":
      return <SetupPage />;
    case "room":
      return <RoomPage key={route.id} id={route.id} />;
    case "end":
      return <EndPage key={route.id} id={route.id} />;
    case "past":
      return <PastPage />;
    case "missing":
      return <MissingPage />;
  }
}
