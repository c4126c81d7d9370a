/** Dates, times and figures as each language writes them. Pure. */

export type PageLanguage = "en" | "tr";

const LOCALES: Record<PageLanguage, string> = { en: "en-GB", tr: "tr-TR" };

/** "4:07", or "1:04:07" past the hour: a clock, not a sentence. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = String(whole % 60).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/** "12 min 40 s" or "12 dk. 40 sn.", for prose and screen readers. */
export function duration(seconds: number, language: PageLanguage): string {
  const whole = Math.max(0, Math.round(seconds));
  const part = (value: number, unit: string) =>
    new Intl.NumberFormat(LOCALES[language], { style: "unit", unit, unitDisplay: "short" }).format(value);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return part(rest, "second");
  return rest === 0 ? part(minutes, "minute") : `${part(minutes, "minute")} ${part(rest, "second")}`;
}

/** Day, time and zone of an ISO 8601 moment; the text itself when it is no date. */
export function moment(iso: string, language: PageLanguage): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALES[language], {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(date);
}

/** Day and time, for lists. */
export function day(iso: string, language: PageLanguage): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALES[language], {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(date);
}

export function number(value: number, language: PageLanguage, digits = 0): string {
  return new Intl.NumberFormat(LOCALES[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Case-blind, as the language sees it: in Turkish "I" is "ı" and "İ" is "i". */
export function fold(text: string, language: PageLanguage): string {
  return text.trim().toLocaleLowerCase(LOCALES[language]);
}
