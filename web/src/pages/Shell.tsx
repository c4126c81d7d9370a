/** The frame of every page but the room: skip link, header, content. */

import type { ReactNode } from "react";
import { useLanguage } from "../i18n";
import { Link } from "../router";
import { Mark } from "./Mark";
import { PageSwitches } from "./PageSwitches";

export function Shell({ children, here }: { children: ReactNode; here?: "past" | "setup" }) {
  const { text } = useLanguage();
  return (
    <div className="relative isolate flex min-h-dvh flex-col overflow-x-clip">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        {text.skipLink}
      </a>
      <header className="mx-auto flex w-full max-w-6xl items-center gap-3 px-5 py-4 sm:px-8">
        <Link
          href="/"
          className="mr-auto inline-flex min-h-9 items-center gap-2.5 rounded-md font-serif text-xl font-medium"
        >
          <Mark className="size-7" />
          {text.brand}
        </Link>
        <nav aria-label={text.nav.label}>
          <Link
            href={here === "past" ? "/" : "/past"}
            className="inline-flex min-h-9 items-center rounded-md px-2 text-sm font-medium whitespace-nowrap hover:text-accent sm:px-3"
          >
            <span className="sm:hidden">{here === "past" ? text.nav.startShort : text.nav.pastShort}</span>
            <span className="max-sm:hidden">{here === "past" ? text.nav.start : text.nav.past}</span>
          </Link>
        </nav>
        <PageSwitches />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-6xl flex-1 flex-col px-5 pb-16 sm:px-8"
      >
        {children}
      </main>
    </div>
  );
}
