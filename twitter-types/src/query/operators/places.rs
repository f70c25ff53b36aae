//! Operators of where a post is from.

use super::super::{
    Expression, QueryError,
    value::{code, is_point},
};

/// Kilometers in a mile.
const MILE: f64 = 1.609_344;

/// A distance of less than 25 miles.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Radius {
    /// In kilometers, less than 40.2.
    Kilometers(f64),
    /// In miles, less than 25.
    Miles(f64),
}

/// Posts at a place of this country, by its ISO code of two letters.
///
/// `place_country:`
///
/// # Errors
///
/// If it is no code.
pub fn place_country(country: &str) -> Result<Expression, QueryError> {
    let operator = "place_country:";
    let expected = "a country by two letters, such as US";
    Ok(Expression::alone(operator, code(operator, country, 2..=2, expected)?))
}

/// Posts from within this distance of a point, by its longitude and latitude in degrees.
///
/// `point_radius:`
///
/// # Errors
///
/// If the point is none, or the distance is not more than none and less than 25 miles.
pub fn point_radius(
    longitude: f64,
    latitude: f64,
    radius: Radius,
) -> Result<Expression, QueryError> {
    let operator = "point_radius:";
    let (miles, radius) = match radius {
        Radius::Miles(miles) => (miles, format!("{miles}mi")),
        Radius::Kilometers(kilometers) => (kilometers / MILE, format!("{kilometers}km")),
    };
    if !(is_point(longitude, latitude) && miles > 0.0 && miles < 25.0) {
        let expected = "a longitude, a latitude, and a radius of less than 25 miles";
        return Err(QueryError::InvalidValue { operator, expected });
    }
    Ok(Expression::alone(operator, format_args!("[{longitude} {latitude} {radius}]")))
}

/// Posts from within a box, by its western, southern, eastern and northern end in degrees. It is to
/// be less than 25 miles wide and high.
///
/// `bounding_box:`
///
/// # Errors
///
/// If these are no such ends, or the box is certainly too large.
pub fn bounding_box(
    west: f64,
    south: f64,
    east: f64,
    north: f64,
) -> Result<Expression, QueryError> {
    /// Miles of a degree of latitude, at the least; X does not say how it measures.
    const DEGREE: f64 = 68.7;
    let operator = "bounding_box:";
    let are_ends = is_point(west, south) && is_point(east, north) && west <= east && south <= north;
    let narrowest = south.abs().max(north.abs()).to_radians().cos();
    let is_small = |degrees: f64| degrees * DEGREE < 25.0;
    if !are_ends || !is_small(north - south) || !is_small((east - west) * narrowest) {
        let expected = "west, south, east and north of a box less than 25 miles wide and high";
        return Err(QueryError::InvalidValue { operator, expected });
    }
    Ok(Expression::alone(operator, format_args!("[{west} {south} {east} {north}]")))
}
