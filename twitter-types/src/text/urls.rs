//! The links of a text, as X finds them.
//!
//! The rules are those of twitter-text, whose regular expressions try a link at every character.
//! Here a text is read run by run: a run is what a host is made of, and its labels are examined
//! once, from the last to the first, so that each start of a link finds its answer ready. The
//! search goes on behind what a link took, and what it looked at without taking it (an open
//! parenthesis, marks at the end) is looked at by the next two at most. So each character is read a
//! fixed number of times at most, and the work is linear in the length of the text.
//!
//! One thing is different: if a host without a scheme holds several domains and does not end with
//! the last of them, as in `a.comと.みんな/b`, the path is part of no link. twitter-text would add it
//! to `a.com`, and give a link that does not stand in the text.

use core::{iter::FusedIterator, ops::Range};

use super::{
    host::{
        AsciiDomains, ascii_domains, is_direction, is_domain_char, is_valid_host, top_level_domain,
    },
    is_invalid, path,
};

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Url<'a> {
    /// The link as it stands in the text, with or without `http://` or `https://`.
    pub text: &'a str,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// First code point, as in [`UrlEntity::start`](crate::models::entities::UrlEntity::start).
    pub start: u32,
    /// Code point after the last, as in
    /// [`UrlEntity::end`](crate::models::entities::UrlEntity::end).
    pub end: u32,
}

/// Finds what X would turn into links, from the first to the last, in time linear in the length of
/// the text.
///
/// ```
/// use twitter_types::{models::entities, text};
///
/// let post = "👋 see docs.x.com/overview, and https://example.com/a_(b).";
/// let urls: Vec<_> = text::urls(post).collect();
/// assert_eq!(urls[0].text, "docs.x.com/overview");
/// assert_eq!(urls[1].text, "https://example.com/a_(b)");
///
/// assert_eq!(&post[urls[0].range.clone()], urls[0].text);
/// assert_eq!(entities::slice(post, urls[0].start, urls[0].end), Some(urls[0].text));
/// ```
pub fn urls(text: &str) -> Urls<'_> {
    Urls { ranges: ranges(text), at: 0, code_points: 0 }
}

/// The links of a text, made by [`urls()`].
#[derive(Clone, Debug)]
pub struct Urls<'a> {
    ranges: Ranges<'a>,
    /// How far the code points are counted.
    at: usize,
    code_points: u32,
}

impl<'a> Iterator for Urls<'a> {
    type Item = Url<'a>;

    fn next(&mut self) -> Option<Url<'a>> {
        let range = self.ranges.next()?;
        let start = self.count_to(range.start);
        let end = self.count_to(range.end);
        Some(Url { text: &self.ranges.text[range.clone()], range, start, end })
    }
}

impl FusedIterator for Urls<'_> {}

impl Urls<'_> {
    /// The code points before a byte, which must not lie before the one last asked for.
    fn count_to(&mut self, at: usize) -> u32 {
        let passed = self.ranges.text[self.at..at].chars().count();
        self.code_points += u32::try_from(passed).unwrap_or(u32::MAX);
        self.at = at;
        self.code_points
    }
}

/// The bytes of each link.
pub(super) fn ranges(text: &str) -> Ranges<'_> {
    Ranges { text, done: 0, run: Run::default(), domains: None }
}

#[derive(Clone, Debug)]
pub(super) struct Ranges<'a> {
    text: &'a str,
    /// What lies before is part of a link, or of what turned out to be none.
    done: usize,
    run: Run,
    /// The links still to come of a host without a scheme.
    domains: Option<Bare<'a>>,
}

/// A host without a scheme, of which only the domains of Latin letters are links.
#[derive(Clone, Debug)]
struct Bare<'a> {
    host: Range<usize>,
    domains: AsciiDomains<'a>,
    /// Where the link ends that reaches to the end of the host.
    end: usize,
}

/// What looks like a link.
struct Candidate {
    start: usize,
    host: Range<usize>,
    has_path: bool,
    end: usize,
}

impl Iterator for Ranges<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(link) = self.domains.as_mut().and_then(Bare::next) {
                return Some(link);
            }
            let candidate = self.candidate()?;
            self.done = candidate.end;
            self.domains = None;
            if !is_valid_host(&self.text[candidate.host.clone()]) || self.is_too_long(&candidate) {
                continue;
            }
            if candidate.start < candidate.host.start {
                let link = &self.text[candidate.start..candidate.end];
                if let Some(length) = without_tail_of_t_co(link) {
                    return Some(candidate.start..candidate.start + length);
                }
            } else if !self.text[..candidate.start].ends_with(['-', '_', '.', '/']) {
                let domains = ascii_domains(&self.text[candidate.host.clone()]);
                let end = if candidate.has_path { candidate.end } else { candidate.host.end };
                self.domains = Some(Bare { host: candidate.host, domains, end });
            }
        }
    }
}

impl Bare<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        let domain = self.domains.next()?;
        let (start, end) = (self.host.start + domain.start, self.host.start + domain.end);
        Some(start..if end == self.host.end { self.end } else { end })
    }
}

impl Ranges<'_> {
    fn candidate(&mut self) -> Option<Candidate> {
        let (start, host) = loop {
            if let Some(found) = self.host_in_run() {
                break found;
            }
            self.run.load(self.text, self.done.max(self.run.end))?;
        };
        let mut end = host.end + path::port(&self.text[host.end..]);
        let path = path::path(&self.text[end..]);
        end += path;
        end += path::query(&self.text[end..]);
        Some(Candidate { start, host, has_path: path > 0, end })
    }

    /// The next host of the run, and where its link starts: there, or at its scheme.
    fn host_in_run(&mut self) -> Option<(usize, Range<usize>)> {
        self.run.at = self.run.at.max(self.done);
        while self.run.at < self.run.end {
            let at = self.run.at;
            let c = self.text[at..].chars().next()?;
            self.run.at += c.len_utf8();
            if !is_domain_char(c) {
                continue;
            }
            let scheme = if at == self.run.start { self.scheme_before(at) } else { None };
            let Some(start) = scheme.or_else(|| self.may_start(at).then_some(at)) else { continue };
            // The first character of all counts as standing before the link, if it may.
            if at == 0 && may_precede(c) && self.run.host_from(self.text, self.run.at).is_some() {
                continue;
            }
            if let Some(end) = self.run.host_from(self.text, at) {
                return Some((start, at..end));
            }
        }
        None
    }

    /// Where the scheme starts that ends here.
    fn scheme_before(&self, at: usize) -> Option<usize> {
        let before = &self.text.as_bytes()[self.done..at];
        let ends_with = |scheme: &&str| {
            let tail = before.len().checked_sub(scheme.len()).map(|start| &before[start..]);
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(scheme.as_bytes()))
        };
        let scheme = ["http://", "https://"].into_iter().find(ends_with)?;
        let start = at - scheme.len();
        self.may_start(start).then_some(start)
    }

    /// Whether what stands before lets a link start here.
    fn may_start(&self, at: usize) -> bool {
        at == 0 || self.text[self.done..at].chars().next_back().is_some_and(may_precede)
    }

    /// Whether a link is longer than X allows, which counts in UTF-16 and its scheme twice.
    fn is_too_long(&self, candidate: &Candidate) -> bool {
        let scheme = match candidate.host.start - candidate.start {
            0 => "https://".len(),
            length => length,
        };
        let link = &self.text[candidate.start..candidate.end];
        scheme + link.encode_utf16().count() > MAX_LENGTH
    }
}

const MAX_LENGTH: usize = 4096;

fn may_precede(c: char) -> bool {
    let is_sign = matches!(c, '@' | '＠' | '$' | '#' | '＃');
    is_direction(c) || !(c.is_ascii_alphanumeric() || is_sign || is_invalid(c))
}

/// The length of a link: of one to `t.co`, without what follows its name and query. `None` if that
/// name is too long to be one.
fn without_tail_of_t_co(link: &str) -> Option<usize> {
    let host = link.find("//").map_or(0, |scheme| scheme + 2);
    let is_t_co = link.get(host..host + 5).is_some_and(|host| host.eq_ignore_ascii_case("t.co/"));
    let name = if is_t_co { &link[host + 5..] } else { "" };
    match name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len()) {
        0 => Some(link.len()),
        length if length > MAX_T_CO_NAME => None,
        length => Some(host + 5 + length + path::query(&name[length..])),
    }
}

const MAX_T_CO_NAME: usize = 40;

/// Characters of which a host is made, one after the other, with the full stops between its labels.
#[derive(Clone, Debug, Default)]
struct Run {
    start: usize,
    end: usize,
    /// Where the search for a link goes on.
    at: usize,
    /// Those in which a host can start, from the last one to the first that ends behind `at`.
    labels: Vec<Label>,
}

/// A label in which a host can start.
#[derive(Clone, Debug)]
struct Label {
    /// From where on a host can start in it.
    from: usize,
    /// Where its full stop stands.
    end: usize,
    /// Where the host ends that starts in it.
    host_end: usize,
}

impl Run {
    /// Reads the first run after a place, or says that there is none.
    fn load(&mut self, text: &str, from: usize) -> Option<()> {
        let is_part = |c: char| is_domain_char(c) || matches!(c, '-' | '_' | '.');
        self.start = from + text[from..].find(is_part)?;
        let rest = &text[self.start..];
        self.end = self.start + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at = self.start;
        self.labels.clear();
        let mut labels = text[self.start..self.end].rsplit('.');
        let mut next = self.end - labels.next().map_or(0, str::len);
        // Where the host ends that starts with the next label.
        let mut host_end = None;
        for label in labels {
            let end = next - 1;
            let start = end - label.len();
            // A host has as many labels as it can. The last one before the top-level domain has no
            // `_`.
            let host = host_end.map(|host_end| (start, host_end)).or_else(|| {
                let from = label.rfind('_').map_or(start, |at| start + at + 1);
                Some((from, next + top_level_domain(&text[next..])?))
            });
            let host = host.filter(|_| label.ends_with(is_domain_char));
            self.labels.extend(host.map(|(from, host_end)| Label { from, end, host_end }));
            let is_whole = |from| from == start && label.starts_with(is_domain_char);
            host_end = host.filter(|&(from, _)| is_whole(from)).map(|(_, host_end)| host_end);
            next = start;
        }
        Some(())
    }

    /// Where the host ends that starts here, with a character of a host. Places must be asked for
    /// in order.
    fn host_from(&mut self, text: &str, at: usize) -> Option<usize> {
        while self.labels.last().is_some_and(|label| label.end < at) {
            self.labels.pop();
        }
        let label = self.labels.last().filter(|label| label.from <= at)?;
        text[at..].starts_with(is_domain_char).then_some(label.host_end)
    }
}
