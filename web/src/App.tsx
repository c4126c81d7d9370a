import { lazy, Suspense, useEffect } from "react";
import { EndPage } from "./pages/EndPage";
import { MissingPage } from "./pages/MissingPage";
import { PastPage } from "./pages/PastPage";
import { PreparePage } from "./pages/prepare/PreparePage";
import { RoomPage } from "./pages/RoomPage";
import { ProgressPage } from "./pages/report/ProgressPage";
import { SetupPage } from "./pages/SetupPage";
import { routeOf, usePath } from "./router";

const LabPage = lazy(() => import("./pages/LabPage").then((module) => ({ default: module.LabPage })));

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
    case "prepare":
      return <PreparePage key={route.id} id={route.id} />;
    case "room":
      return <RoomPage key={route.id} id={route.id} />;
    case "end":
      return <EndPage key={route.id} id={route.id} />;
    case "past":
      return <PastPage />;
    case "progress":
      return <ProgressPage />;
    case "lab":
      return (
        <Suspense fallback={null}>
          <LabPage />
        </Suspense>
      );
    case "missing":
      return <MissingPage />;
  }
}
