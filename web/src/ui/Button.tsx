import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./icons";

export type Tone = "primary" | "quiet" | "bare" | "warning";

const TONES: Record<Tone, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong disabled:bg-soft",
  quiet: "border border-edge/60 bg-sheet text-ink hover:border-accent hover:text-accent disabled:text-soft",
  bare: "text-ink hover:bg-accent-wash hover:text-accent disabled:text-soft",
  warning: "border border-coral/50 text-coral hover:bg-coral-wash",
};

const SIZES = {
  small: "min-h-9 px-3 text-sm gap-1.5 rounded-md",
  middle: "min-h-11 px-4 gap-2 rounded-lg",
  large: "min-h-14 px-7 text-lg gap-3 rounded-xl",
};

/** The classes of a button, for links that look like one. */
export function buttonClass(tone: Tone = "quiet", size: keyof typeof SIZES = "middle"): string {
  return `inline-flex items-center justify-center font-medium transition-colors duration-150 ${TONES[tone]} ${SIZES[size]}`;
}

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone;
  size?: keyof typeof SIZES;
  icon?: IconName;
}

export function Button({ tone, size, icon, className = "", children, ...rest }: Props) {
  return (
    <button type="button" className={`${buttonClass(tone, size)} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
