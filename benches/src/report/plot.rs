//! Plots: horizontal bars, in SVG.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// One picture: panels below each other.
#[derive(Debug)]
pub struct Plot<'a> {
    /// What it shows.
    pub title: &'a str,
    /// Each has a scale of its own.
    pub panels: &'a [Panel],
}

/// Bars of one scale, which begins at nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Panel {
    /// What the bars show, with the unit.
    pub title: String,
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bar {
    /// Who it is of.
    pub name: String,
    /// Whether it is of this workspace.
    pub ours: bool,
    /// Its length.
    pub value: f64,
    /// The figure beside it.
    pub label: String,
}

const WIDTH: f64 = 820.0;
const MARGIN: f64 = 16.0;
const LINE: f64 = 24.0;
const HEAD: f64 = 40.0;
const PANEL_HEAD: f64 = 34.0;
/// The widest that a letter of 13 pixels is on average, in the fonts that are met, where it is bold.
const LETTER: f64 = 8.0;

/// Without a word on colours, tones that stand out from white and from black alike.
const STYLE: &str = "
text { font: 13px system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Helvetica, Arial, sans-serif; fill: #768390 }
.title { font-size: 17px; font-weight: 600 }
.panel { font-weight: 600 }
.ours { font-weight: 600; fill: #d9641e }
.end { text-anchor: end }
rect { fill: #8b97a4 }
rect.ours { fill: #e0702a }
line { stroke: #8b97a4; stroke-opacity: .45 }
@media (prefers-color-scheme: light) {
text { fill: #1f2328 } .ours { fill: #b4460a } rect { fill: #afb8c1 } rect.ours { fill: #d9641e }
}
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .ours { fill: #ff9a5c } rect { fill: #5b6571 } rect.ours { fill: #f0813a }
}
";

impl Plot<'_> {
    /// The picture.
    pub fn svg(&self) -> String {
        let height =
            self.panels.iter().fold(HEAD + MARGIN, |height, panel| height + panel.height());
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n<style>{STYLE}</style>\n",
            escaped(self.title),
            escaped(&self.description()),
        );
        text(&mut svg, "title", MARGIN, MARGIN + 14.0, self.title);
        let names =
            self.panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.name.chars().count());
        let names = LETTER * names.max().unwrap_or(0) as f64;
        let mut top = HEAD;
        for panel in self.panels {
            panel.draw(&mut svg, top, MARGIN + names + 12.0);
            top += panel.height();
        }
        svg + "</svg>\n"
    }

    /// All that it shows, in words.
    fn description(&self) -> String {
        let panel = |panel: &Panel| {
            let bars: Vec<_> =
                panel.bars.iter().map(|bar| format!("{} {}", bar.name, bar.label)).collect();
            format!("{}: {}.", panel.title, bars.join("; "))
        };
        self.panels.iter().map(panel).collect::<Vec<_>>().join(" ")
    }
}

impl Panel {
    fn height(&self) -> f64 {
        PANEL_HEAD + LINE * self.bars.len() as f64 + 10.0
    }

    /// Its names end where the bars begin.
    fn draw(&self, svg: &mut String, top: f64, start: f64) {
        let longest = self.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
        let labels = self.bars.iter().map(|bar| bar.label.chars().count()).max().unwrap_or(0);
        let room = WIDTH - MARGIN - start - LETTER * labels as f64 - 10.0;
        text(svg, "panel", MARGIN, top + 22.0, &self.title);
        for (index, bar) in self.bars.iter().enumerate() {
            let y = top + PANEL_HEAD + LINE * index as f64;
            let share = if longest > 0.0 { bar.value.max(0.0) / longest } else { 0.0 };
            let length = (share * room).max(1.0);
            let class = if bar.ours { "ours" } else { "" };
            text(svg, &format!("end {class}"), start - 10.0, y + 16.5, &bar.name);
            write(
                svg,
                format_args!(
                    "<rect class=\"{class}\" x=\"{start:.1}\" y=\"{:.1}\" width=\"{length:.1}\" \
                     height=\"16\" rx=\"2\"/>\n",
                    y + 4.0
                ),
            );
            text(svg, class, start + length + 7.0, y + 16.5, &bar.label);
        }
        let (above, below) = (top + PANEL_HEAD, top + PANEL_HEAD + LINE * self.bars.len() as f64);
        write(
            svg,
            format_args!(
                "<line x1=\"{start:.1}\" y1=\"{above:.1}\" x2=\"{start:.1}\" y2=\"{below:.1}\"/>\n"
            ),
        );
    }
}

fn text(svg: &mut String, class: &str, x: f64, y: f64, text: &str) {
    let (class, text) = (class.trim(), escaped(text));
    write(svg, format_args!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>\n"));
}

fn write(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    svg.write_fmt(arguments).expect("a String takes all");
}

/// What XML cannot hold as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Bar, MARGIN, Panel, Plot, WIDTH};

    fn bar(name: &str, value: f64) -> Bar {
        Bar { name: name.into(), ours: value < 2.0, value, label: format!("{value}") }
    }

    fn svg(names: &[&str]) -> String {
        let bars =
            |scale: f64| names.iter().zip(1..).map(|(n, v)| bar(n, scale * f64::from(v))).collect();
        let panels = [1.0, 1e6].map(|scale| Panel { title: "a < b & c".into(), bars: bars(scale) });
        Plot { title: "\"Tea\" & <i>biscuits</i>\u{0}", panels: &panels }.svg()
    }

    /// The elements of a document without comments and CDATA, each with its attributes; or what is wrong.
    fn elements(xml: &str) -> Result<Vec<String>, String> {
        let (mut open, mut all) = (Vec::new(), Vec::new());
        let mut parts = xml.split('<');
        if parts.next() != Some("") {
            return Err("text before the first element".into());
        }
        for part in parts {
            let (tag, text) =
                part.split_once('>').ok_or_else(|| format!("<{part} does not end"))?;
            for (at, _) in text.match_indices('&').chain(tag.match_indices('&')) {
                let within = if tag[at.min(tag.len())..].starts_with('&') { tag } else { text };
                let known = ["&amp;", "&lt;", "&gt;", "&quot;"];
                if !known.iter().any(|entity| within[at..].starts_with(entity)) {
                    return Err(format!("a bare & in {within}"));
                }
            }
            if text.contains('>') || text.contains('\0') {
                return Err(format!("{text:?} holds what it may not"));
            }
            let name = tag.split(' ').next().unwrap_or_default();
            if let Some(name) = name.strip_prefix('/') {
                if open.pop() != Some(name) {
                    return Err(format!("</{name}> ends nothing"));
                }
            } else {
                if tag.matches('"').count() % 2 == 1 {
                    return Err(format!("<{tag}> has a quotation that does not end"));
                }
                if !tag.ends_with('/') {
                    open.push(name);
                }
                all.push(tag.into());
            }
            if open.is_empty() && !text.trim().is_empty() {
                return Err(format!("{text:?} is in no element"));
            }
        }
        if open.is_empty() { Ok(all) } else { Err(format!("{open:?} do not end")) }
    }

    #[test]
    fn what_checks_the_document_finds_faults() {
        for fault in ["<a>", "<a></b>", "<a>x & y</a>", "<a b=\"></a>", "<a/>text", "<a", "x<a/>"] {
            assert!(elements(fault).is_err(), "{fault}");
        }
        assert_eq!(elements("<a b=\"1\"><c/>x &amp; y</a>\n").map(|all| all.len()), Ok(2));
    }

    #[test]
    fn a_plot_is_a_document_whatever_it_shows() {
        for names in [&["ours", "<peer> & \"co\"", "x\u{1}"][..], &["one"], &[]] {
            let svg = svg(names);
            let elements = elements(&svg).unwrap_or_else(|fault| panic!("{fault} in {svg}"));
            let count = |name| elements.iter().filter(|tag| tag.starts_with(name)).count();
            assert_eq!((count("svg"), count("title"), count("desc"), count("style")), (1, 1, 1, 1));
            assert_eq!(count("rect"), 2 * names.len());
            assert_eq!(count("text"), 1 + 2 * (1 + 2 * names.len()));
        }
    }

    #[test]
    fn a_plot_says_in_words_what_it_shows() {
        let svg = svg(&["ours", "peer"]);
        assert!(svg.contains("<title id=\"title\">&quot;Tea&quot; &amp; &lt;i&gt;biscuits"));
        assert!(svg.contains(">a &lt; b &amp; c: ours 1; peer 2. a &lt; b &amp; c: ours 1000000;"));
        for scheme in ["light", "dark"] {
            assert!(svg.contains(&format!("@media (prefers-color-scheme: {scheme})")));
        }
    }

    #[test]
    fn bars_are_as_long_as_their_values_and_leave_room_for_their_labels() {
        let svg = svg(&["a name of a contestant that is long", "another", "a third", "a fourth"]);
        let attribute = |tag: &str, name: &str| -> f64 {
            let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        let elements = elements(&svg).unwrap();
        let bars: Vec<_> = elements.iter().filter(|tag| tag.starts_with("rect")).collect();
        for pair in bars.chunks(4) {
            let [first, .., last] = [0, 1, 2, 3].map(|at| attribute(pair[at], "width"));
            assert!((last / first - 4.0).abs() < 0.01, "{first} {last}");
            let end = attribute(pair[3], "x") + last;
            assert!(end < WIDTH - MARGIN && end > WIDTH / 2.0, "{end}");
        }
    }
}
