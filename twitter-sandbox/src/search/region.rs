//! Regions of the earth, and which places lie in one.

/// The widest region that X takes: less than so many miles across a box, or from the middle of a circle.
const WIDEST: f64 = 25.0;
/// Kilometers in a mile.
const MILE: f64 = 1.609_344;
/// Miles from the middle of the earth to its surface.
const EARTH: f64 = 3_958.8;

/// A region, with longitudes and latitudes in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Region {
    Circle {
        middle: [f64; 2],
        miles: f64,
    },
    /// West, south, east, north.
    Box([f64; 4]),
}

impl Region {
    /// Reads what `point_radius:` has in its brackets: longitude, latitude and radius.
    pub(super) fn circle(text: &str) -> Option<Self> {
        let [longitude, latitude, radius] = parts(text)?;
        let miles = match radius.strip_suffix("mi") {
            Some(miles) => number(miles)?,
            None => number(radius.strip_suffix("km")?)? / MILE,
        };
        let middle = point(longitude, latitude)?;
        (miles > 0.0 && miles < WIDEST).then_some(Self::Circle { middle, miles })
    }

    /// Reads what `bounding_box:` has in its brackets: west, south, east and north.
    pub(super) fn rectangle(text: &str) -> Option<Self> {
        let [west, south, east, north] = parts(text)?;
        let ([west, south], [east, north]) = (point(west, south)?, point(east, north)?);
        let is_small = distance([west, south], [west, north]) < WIDEST
            && distance([west, south], [east, south]) < WIDEST;
        (west <= east && south <= north && is_small)
            .then_some(Self::Box([west, south, east, north]))
    }

    /// Whether a place, by its bounds, lies in it as a whole.
    pub(super) fn holds(self, [west, south, east, north]: [f64; 4]) -> bool {
        match self {
            Self::Circle { middle, miles } => {
                let corners = [[west, south], [west, north], [east, south], [east, north]];
                corners.into_iter().all(|corner| distance(middle, corner) <= miles)
            }
            Self::Box(ends) => {
                west >= ends[0] && south >= ends[1] && east <= ends[2] && north <= ends[3]
            }
        }
    }
}

/// So many words, no more and no fewer.
fn parts<const COUNT: usize>(text: &str) -> Option<[&str; COUNT]> {
    text.split_whitespace().collect::<Vec<_>>().try_into().ok()
}

fn point(longitude: &str, latitude: &str) -> Option<[f64; 2]> {
    let (longitude, latitude) = (number(longitude)?, number(latitude)?);
    (longitude.abs() <= 180.0 && latitude.abs() <= 90.0).then_some([longitude, latitude])
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Miles between two points, by the haversine formula.
fn distance(one: [f64; 2], other: [f64; 2]) -> f64 {
    let [x1, y1] = one.map(f64::to_radians);
    let [x2, y2] = other.map(f64::to_radians);
    let half = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
    2.0 * EARTH * (half(y1, y2) + y1.cos() * y2.cos() * half(x1, x2)).sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::{Region, distance};

    #[test]
    fn a_degree_of_latitude_has_69_miles() {
        assert!((distance([2.0, 48.0], [2.0, 49.0]) - 69.1).abs() < 0.1);
        // A degree of longitude has fewer, the farther from the equator.
        assert!((distance([2.0, 60.0], [3.0, 60.0]) - 34.5).abs() < 0.1);
    }

    #[test]
    fn regions_hold_what_lies_in_them_as_a_whole() {
        let place = [2.22, 48.81, 2.47, 48.9];
        let circle = |text| Region::circle(text).unwrap().holds(place);
        assert!(circle("2.35 48.86 10mi") && circle("2.35 48.86 15km"));
        assert!(!circle("2.35 48.86 10km") && !circle("-2.35 48.86 24.9mi"));
        let rectangle = |text| Region::rectangle(text).unwrap().holds(place);
        assert!(rectangle("2.2 48.8 2.5 48.9") && !rectangle("2.3 48.8 2.5 48.9"));
    }

    #[test]
    fn what_is_no_region_is_refused() {
        for text in
            ["", "2 48", "2 48 9", "2 48 25mi", "2 48 0mi", "2 98 9mi", "a 48 9mi", "2 48 NaNkm"]
        {
            assert_eq!(Region::circle(text), None, "{text}");
        }
        for text in ["2 48 3", "2 48 3 49", "3 48 2.9 48.1", "2 48.1 2.1 48", "2 48 2.1 48.1 9"] {
            assert_eq!(Region::rectangle(text), None, "{text}");
        }
    }
}
