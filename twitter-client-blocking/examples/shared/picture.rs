//! A picture that no file is needed for.

/// A flag of three stripes, 96 by 64 pixels, as a PNG (ISO/IEC 15948).
pub(crate) fn flag() -> Vec<u8> {
    const WIDTH: u32 = 96;
    const STRIPES: [[u8; 3]; 3] = [[0, 107, 182], [255, 255, 255], [230, 160, 0]];
    let rows = (0..WIDTH * 2 / 3).flat_map(|row| {
        // Each row says first how it is filtered: not at all.
        let color = STRIPES[(row * 3 / (WIDTH * 2 / 3)) as usize];
        [0].into_iter().chain(color.into_iter().cycle().take(WIDTH as usize * 3))
    });
    // Eight bits for each of three colors.
    let size = [WIDTH.to_be_bytes(), (WIDTH * 2 / 3).to_be_bytes()].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat()));
    png.extend(chunk(b"IDAT", &stored(&rows.collect::<Vec<u8>>())));
    png.extend(chunk(b"IEND", &[]));
    png
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a small picture").to_be_bytes();
    let named = [&name[..], content].concat();
    [&length[..], &named, &crc32(&named).to_be_bytes()].concat()
}

/// As zlib (RFC 1950) keeps bytes that it does not compress.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a small picture");
    let adler32 = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65521;
        (low, (high + low) % 65521)
    });
    let check = (adler32.1 << 16 | adler32.0).to_be_bytes();
    [&[0x78, 1, 1], &length.to_le_bytes()[..], &(!length).to_le_bytes(), bytes, &check].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
