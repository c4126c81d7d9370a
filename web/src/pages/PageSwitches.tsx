/** The page's language and colours; small, the same on every page. */

import { type PageLanguage, useLanguage } from "../i18n";
import { type Theme, useTheme } from "../theme";
import { Icon, type IconName } from "../ui/icons";

const LANGUAGES: { value: PageLanguage; label: string; name: string }[] = [
  { value: "tr", label: "TR", name: "Türkçe" },
  { value: "en", label: "EN", name: "English" },
];
const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS: Record<Theme, IconName> = { system: "half", light: "sun", dark: "moon" };

export function PageSwitches() {
  const { language, text, speak } = useLanguage();
  const [theme, setTheme] = useTheme();
  const themeLabel = `${text.nav.theme}: ${text.nav.themes[theme]}`;
  return (
    <div className="flex items-center gap-1">
      {/* biome-ignore lint/a11y/useSemanticElements: two toggle buttons, not a form's fieldset */}
      <div role="group" aria-label={text.nav.language} className="flex">
        {LANGUAGES.map(({ value, label, name }) => (
          <button
            key={value}
            type="button"
            lang={value}
            aria-label={name}
            aria-pressed={language === value}
            onClick={() => speak(value)}
            className="min-h-9 min-w-9 rounded-md text-sm font-medium text-soft hover:text-accent aria-pressed:text-ink aria-pressed:underline aria-pressed:decoration-accent aria-pressed:decoration-2 aria-pressed:underline-offset-6"
          >
            {label}
          </button>
        ))}
      </div>
      <button
        type="button"
        aria-label={themeLabel}
        title={themeLabel}
        onClick={() => setTheme(NEXT[theme])}
        className="grid size-9 place-items-center rounded-md text-soft hover:text-accent"
      >
        <Icon name={ICONS[theme]} />
      </button>
    </div>
  );
}
