//! Places that posts are tagged with, and the GeoJSON that locates them.

use crate::id::PlaceId;
use crate::json::Json;
use crate::model::{model, open_enum};

model! {
    /// A place.
    pub struct Place {
        required {
            /// Identifies the place.
            id: PlaceId,
        }
        /// The places that this one lies in.
        contained_within: Vec<PlaceId>,
        /// The country's name.
        country: Option<String>,
        /// The country, as ISO 3166-1 alpha-2 code.
        country_code: Option<String>,
        /// The name with what it takes to tell it from others, such as `Manhattan, NY`.
        full_name: Option<String>,
        /// Where the place is.
        geo: Option<PlaceGeo>,
        /// The short name.
        name: Option<String>,
        /// What sort of place it is.
        place_type: Option<PlaceKind>,
    }
}

model! {
    /// Where a [`Place`] is: a GeoJSON Feature.
    pub struct PlaceGeo {
        /// West, south, east and north bounds, in degrees.
        bbox: Option<[f64; 4]>,
        /// The place as a point, in replies before specification 2.167.
        geometry: Option<Point>,
        /// Further properties of the feature.
        properties: Option<Json>,
        /// The GeoJSON type.
        kind = "type": Option<GeoKind>,
    }
}

model! {
    /// A GeoJSON Point.
    pub struct Point {
        /// Longitude and latitude, in degrees, in this order.
        coordinates: Option<[f64; 2]>,
        /// The GeoJSON type.
        kind = "type": Option<GeoKind>,
    }
}

open_enum! {
    /// The type of a GeoJSON object.
    pub enum GeoKind {
        /// A [`PlaceGeo`].
        Feature = "Feature",
        /// A [`Point`].
        Point = "Point",
    }
}

open_enum! {
    /// What sort of [`Place`] it is.
    pub enum PlaceKind {
        /// A state, a province or the like.
        Admin = "admin",
        /// A city or town.
        City = "city",
        /// A country.
        Country = "country",
        /// A part of a city.
        Neighborhood = "neighborhood",
        /// A point of interest.
        Poi = "poi",
        /// What X knows only by postal code.
        Zip = "zip_code",
    }
}
