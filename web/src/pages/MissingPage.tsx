import { useText } from "../i18n";
import { Link } from "../router";
import { buttonClass } from "../ui/Button";
import { Shell } from "./Shell";
import { useTitle } from "./useTitle";

export function MissingPage() {
  const text = useText();
  useTitle(text.missing.title);
  return (
    <Shell>
      <div className="m-auto max-w-md py-16 text-center">
        <h1 data-page-heading tabIndex={-1} className="text-3xl outline-none">
          {text.missing.title}
        </h1>
        <p className="mt-3 mb-8 text-soft">{text.missing.lead}</p>
        <Link href="/" className={buttonClass("primary")}>
          {text.missing.home}
        </Link>
      </div>
    </Shell>
  );
}
