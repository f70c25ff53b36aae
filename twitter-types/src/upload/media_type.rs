//! The type of a file, by its first bytes.

use crate::models::UploadMediaType;

/// How many of a file's first bytes tell its type.
pub const HEAD: usize = 4096;

/// The type of a file by its content, or `None` if it is none that X takes. Its first
/// [`HEAD`] bytes are enough.
///
/// ```
/// use twitter_types::{models::UploadMediaType, upload::media_type};
///
/// assert_eq!(media_type(b"GIF89a..."), Some(UploadMediaType::ImageGif));
/// assert_eq!(media_type(b"%PDF-1.7"), None);
/// ```
pub fn media_type(head: &[u8]) -> Option<UploadMediaType> {
    let head = &head[..head.len().min(HEAD)];
    let is = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let known = if is(0, b"\xff\xd8\xff") {
        UploadMediaType::ImageJpeg
    } else if is(0, b"\x89PNG\r\n\x1a\n") {
        UploadMediaType::ImagePng
    } else if is(0, b"GIF87a") || is(0, b"GIF89a") {
        UploadMediaType::ImageGif
    } else if is(0, b"RIFF") && is(8, b"WEBP") {
        UploadMediaType::ImageWebp
    } else if is(0, b"BM") && is(6, &[0; 4]) {
        UploadMediaType::ImageBmp
    } else if is(0, b"II*\0") || is(0, b"MM\0*") {
        UploadMediaType::ImageTiff
    } else if is(0, b"glTF") {
        UploadMediaType::ModelGltfBinary
    } else if is(0, b"\x1a\x45\xdf\xa3") {
        // Matroska begins alike; its document type tells them apart.
        return contains(head, b"\x42\x82\x84webm").then_some(UploadMediaType::VideoWebm);
    } else if is(0, b"PK\x03\x04") {
        return is_usdz(head).then_some(UploadMediaType::ModelVndUsdzZip);
    } else if is(0, b"G") && is(188, b"G") && is(376, b"G") {
        // The sync byte of each packet (ISO/IEC 13818-1, section 2.4.3).
        UploadMediaType::VideoMp2t
    } else {
        return boxes(head).or_else(|| subtitles(head));
    };
    Some(known)
}

/// Files made of boxes (ISO/IEC 14496-12), whose first names its brand.
fn boxes(head: &[u8]) -> Option<UploadMediaType> {
    match (head.get(4..8)?, head.get(8..12)) {
        (b"ftyp", Some(b"qt  ")) => Some(UploadMediaType::VideoQuicktime),
        // Pictures and sound come in such files too, and X takes neither.
        (b"ftyp", Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"avis")) => None,
        (b"ftyp", Some(b"M4A " | b"M4B " | b"M4P ")) => None,
        (b"ftyp", Some(_)) => Some(UploadMediaType::VideoMp4),
        // QuickTime was older than brands.
        (b"moov" | b"mdat" | b"wide" | b"pnot", _) => Some(UploadMediaType::VideoQuicktime),
        _ => None,
    }
}

/// A ZIP archive whose first file is a scene.
fn is_usdz(head: &[u8]) -> bool {
    let Some(&[low, high]) = head.get(26..28) else { return false };
    let name = head.get(30..30 + usize::from(u16::from_le_bytes([low, high])));
    let ends = |end: &[u8]| name.is_some_and(|name| name.ends_with(end));
    ends(b".usd") || ends(b".usda") || ends(b".usdc")
}

fn subtitles(head: &[u8]) -> Option<UploadMediaType> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if let Some(rest) = head.strip_prefix(b"WEBVTT") {
        let ends = matches!(rest.first(), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
        return ends.then_some(UploadMediaType::TextVtt);
    }
    // The first block: a number, and below it the two times of a caption.
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let number = lines.find(|line| !line.is_empty())?;
    let times = lines.next()?;
    let is_srt = number.iter().all(u8::is_ascii_digit)
        && times.first().is_some_and(u8::is_ascii_digit)
        && contains(times, b" --> ");
    is_srt.then_some(UploadMediaType::TextSrt)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::media_type;
    use crate::models::UploadMediaType::{self, *};

    /// Bytes, and where they stand among zeros.
    type Parts<'a> = &'a [(usize, &'a [u8])];

    fn padded(parts: Parts<'_>) -> Vec<u8> {
        let mut file = vec![0; 400];
        for (at, part) in parts {
            file[*at..at + part.len()].copy_from_slice(part);
        }
        file
    }

    #[test]
    fn every_type_is_known_by_its_first_bytes() {
        let known: &[(Parts<'_>, UploadMediaType)] = &[
            (&[(0, b"\xff\xd8\xff\xe0\0\x10JFIF")], ImageJpeg),
            (&[(0, b"\x89PNG\r\n\x1a\n")], ImagePng),
            (&[(0, b"GIF87a")], ImageGif),
            (&[(0, b"GIF89a")], ImageGif),
            (&[(0, b"RIFF\x24\0\0\0WEBPVP8 ")], ImageWebp),
            (&[(0, b"BM\x36\x10")], ImageBmp),
            (&[(0, b"II*\0")], ImageTiff),
            (&[(0, b"MM\0*")], ImageTiff),
            (&[(0, b"\0\0\0\x18ftypisom")], VideoMp4),
            (&[(0, b"\0\0\0\x18ftypmp42")], VideoMp4),
            (&[(0, b"\0\0\0\x14ftypqt  ")], VideoQuicktime),
            (&[(0, b"\0\0\x10\0moov")], VideoQuicktime),
            (&[(0, b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm")], VideoWebm),
            (&[(0, b"G"), (188, b"G"), (376, b"G")], VideoMp2t),
            (&[(0, b"glTF\x02\0\0\0")], ModelGltfBinary),
            (&[(0, b"PK\x03\x04"), (26, b"\x0b\0"), (30, b"castle.usdc")], ModelVndUsdzZip),
        ];
        for (parts, expected) in known {
            assert_eq!(media_type(&padded(parts)).as_ref(), Some(expected));
        }
        let texts = [
            ("WEBVTT", TextVtt),
            ("\u{feff}WEBVTT - Sand\n\n", TextVtt),
            ("1\n00:00:01,000 --> 00:00:02,000\nSand\n", TextSrt),
            ("\u{feff}\r\n1\r\n00:00:01,000 --> 00:00:02,000\r\nSand\r\n", TextSrt),
        ];
        for (text, expected) in texts {
            assert_eq!(media_type(text.as_bytes()), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_x_does_not_take_has_no_type() {
        let unknown: &[Parts<'_>] = &[
            &[(0, b"%PDF-1.7")],
            &[(0, b"RIFF\x24\0\0\0WAVEfmt ")],
            &[(0, b"\0\0\0\x18ftypheic")],
            &[(0, b"\0\0\0\x18ftypM4A ")],
            &[(0, b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska")],
            &[(0, b"PK\x03\x04"), (26, b"\x08\0"), (30, b"word.xml")],
            &[(0, b"G"), (188, b"G")],
        ];
        for parts in unknown {
            assert_eq!(media_type(&padded(parts)), None);
        }
        for text in ["", "G", "WEBVTTX", "1\nno times\n", "BM is a car maker", "PK\x03\x04"] {
            assert_eq!(media_type(text.as_bytes()), None, "{text}");
        }
    }
}
