/**
 * How classes of scenes look. Whoever shows pictures sets the colours: a panel to those of the editor's theme, a static
 * report to its own. Nothing is told by colour alone: the second of two series is dashed or hollow, a bound is a dashed
 * line with its number beside it, and statuses have symbols.
 */
export const PICTURE_STYLE = `
.picture { fill: var(--picture-ink); stroke: none; }
.picture text { stroke: none; fill: var(--picture-ink); font-family: var(--picture-font, sans-serif); font-size: 11px; }
.picture .quiet { fill: var(--picture-quiet); }
.picture .strong { font-weight: 600; }
.picture .small { font-size: 10px; }
.picture .large { font-size: 16px; font-weight: 600; }
.picture .axis { stroke: var(--picture-axis); stroke-width: 1; fill: none; }
.picture .grid { stroke: var(--picture-grid); stroke-width: 1; fill: none; }
.picture .guide { stroke: var(--picture-axis); stroke-width: 1; stroke-dasharray: 2 3; fill: none; }
.picture .line-1, .picture .line-2, .picture .line-3, .picture .line-4, .picture .line-5, .picture .line-6 { fill: none; stroke-width: 2; stroke-linejoin: round; }
.picture .line-1 { stroke: var(--picture-1); }
.picture .line-2 { stroke: var(--picture-2); stroke-dasharray: 6 3; }
.picture .line-3 { stroke: var(--picture-3); stroke-dasharray: 2 3; }
.picture .line-4 { stroke: var(--picture-4); stroke-dasharray: 9 3 2 3; }
.picture .line-5 { stroke: var(--picture-5); stroke-dasharray: 12 4; }
.picture .line-6 { stroke: var(--picture-6); stroke-dasharray: 4 2; }
.picture .area-1 { fill: var(--picture-1); fill-opacity: 0.35; stroke: none; }
.picture .area-2 { fill: var(--picture-2); fill-opacity: 0.35; stroke: none; }
.picture .band { fill-opacity: 0.18; stroke: none; }
.picture .band-1 { fill: var(--picture-1); } .picture .band-2 { fill: var(--picture-2); } .picture .band-3 { fill: var(--picture-3); }
.picture .bar-1 { fill: var(--picture-1); fill-opacity: 0.75; stroke: var(--picture-1); stroke-width: 1; }
.picture .bar-2 { fill: var(--picture-2); fill-opacity: 0.15; stroke: var(--picture-2); stroke-width: 1.5; stroke-dasharray: 4 2; }
.picture .bar-quiet { fill: var(--picture-quiet); fill-opacity: 0.25; stroke: var(--picture-quiet); stroke-width: 1; }
.picture .cell { fill: var(--picture-1); stroke: var(--picture-grid); stroke-width: 1; }
.picture .level-0 { fill-opacity: 0; } .picture .level-1 { fill-opacity: 0.06; } .picture .level-2 { fill-opacity: 0.12; }
.picture .level-3 { fill-opacity: 0.18; } .picture .level-4 { fill-opacity: 0.24; } .picture .level-5 { fill-opacity: 0.3; }
.picture .level-6 { fill-opacity: 0.36; } .picture .level-7 { fill-opacity: 0.42; } .picture .level-8 { fill-opacity: 0.48; }
.picture .dots-1, .picture .dots-2 { fill: none; stroke-linecap: round; stroke-width: 4; }
.picture .dots-1 { stroke: var(--picture-1); stroke-opacity: 0.55; }
.picture .dots-2 { stroke: var(--picture-2); stroke-opacity: 0.55; }
.picture .dots-low, .picture .dots-middle, .picture .dots-high, .picture .dots-none { fill: none; stroke-linecap: round; stroke-width: 4; stroke-opacity: 0.8; }
.picture .dots-low { stroke: var(--picture-1); stroke-width: 3; } .picture .dots-middle { stroke: var(--picture-5); stroke-width: 4; }
.picture .dots-high { stroke: var(--picture-6); stroke-width: 5; } .picture .dots-none { stroke: var(--picture-quiet); }
.picture .swatch-low { fill: var(--picture-1); } .picture .swatch-middle { fill: var(--picture-5); } .picture .swatch-high { fill: var(--picture-6); }
.picture .density { fill: var(--picture-1); stroke: none; }
.picture .density-1 { fill-opacity: 0.12; } .picture .density-2 { fill-opacity: 0.22; } .picture .density-3 { fill-opacity: 0.33; }
.picture .density-4 { fill-opacity: 0.44; } .picture .density-5 { fill-opacity: 0.55; } .picture .density-6 { fill-opacity: 0.67; }
.picture .density-7 { fill-opacity: 0.8; } .picture .density-8 { fill-opacity: 0.95; }
.picture .halo { paint-order: stroke; stroke: var(--picture-paper); stroke-width: 3; stroke-linejoin: round; }
.picture .stop { fill: none; stroke: none; }
.picture .point { fill: var(--picture-1); stroke: var(--picture-paper); stroke-width: 1.5; }
.picture .point-2 { fill: var(--picture-paper); stroke: var(--picture-2); stroke-width: 2; }
.picture .point-quiet { fill: var(--picture-paper); stroke: var(--picture-quiet); stroke-width: 1.5; }
.picture .point-bad { fill: var(--picture-bad); stroke: var(--picture-paper); stroke-width: 1.5; }
.picture .point-warning { fill: var(--picture-paper); stroke: var(--picture-warning); stroke-width: 2.5; }
.picture .operating { fill: var(--picture-paper); stroke: var(--picture-ink); stroke-width: 2; }
.picture .whisker { stroke: var(--picture-1); stroke-width: 2; fill: none; }
.picture .whisker-ink { stroke: var(--picture-ink); stroke-width: 1.5; fill: none; }
.picture .whisker-quiet { stroke: var(--picture-quiet); stroke-width: 1.5; fill: none; }
.picture .bound { stroke: var(--picture-bound); stroke-width: 1.5; stroke-dasharray: 5 3; fill: none; }
.picture .bound-label { fill: var(--picture-ink); font-size: 10px; }
.picture .allowed { fill: var(--picture-good); fill-opacity: 0.13; stroke: none; }
.picture .noise { fill: var(--picture-quiet); fill-opacity: 0.22; stroke: none; }
.picture .track { fill: var(--picture-grid); stroke: none; }
.picture .tone-good { fill: var(--picture-good); } .picture .tone-bad { fill: var(--picture-bad); }
.picture .tone-warning { fill: var(--picture-warning); } .picture .tone-quiet { fill: var(--picture-quiet); }
.picture .hit { fill: transparent; stroke: none; }
.picture .slider-line { stroke: var(--picture-ink); stroke-width: 1.5; fill: none; }
.picture .slider-knob { fill: var(--picture-ink); stroke: none; }
`;
