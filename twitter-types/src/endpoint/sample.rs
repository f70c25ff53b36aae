//! Operations with their parameters filled.

use crate::{
    endpoint::Endpoint,
    sample::{Sample, Sampler},
};

/// An operation that can be made up: every one of this crate.
pub trait SampleOperation: Endpoint<Response: Sample> {
    /// The operation with nothing but what it needs.
    fn least(from: Sampler<'_>) -> Self;

    /// The operation with every parameter set.
    fn fullest(from: Sampler<'_>) -> Self;
}
