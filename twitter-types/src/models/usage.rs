//! How many posts a project and its Apps have read.

use core::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serializer;

use crate::id::{AppId, ProjectId};
use crate::model::{Quoted, Vocabulary, Wire, expected, model, serde_by_wire};
use crate::timestamp::Timestamp;

model! {
    /// How many posts a project has read, of those that it may.
    pub struct Usage {
        /// The day of the month on which the count starts again.
        cap_reset_day: Option<u32>,
        /// Posts read by each App, by day.
        daily_client_app_usage: Vec<AppUsage>,
        /// Posts read by the project, by day.
        daily_project_usage: Option<ProjectUsage>,
        /// Posts that the project may read per billing cycle.
        project_cap: Option<u64> as Quoted,
        /// The project.
        project_id: Option<ProjectId>,
        /// Posts that the project has read in this cycle.
        project_usage: Option<u64> as Quoted,
    }
}

model! {
    /// Posts read by one App.
    pub struct AppUsage {
        /// The App.
        client_app_id: Option<AppId>,
        /// Posts read, by day.
        usage: Vec<UsageDay>,
        /// The number of days.
        usage_result_count: Option<u64>,
    }
}

/// Posts read by a project, in either of the forms that X gives.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum ProjectUsage {
    /// One count per day: the form of the specification.
    ByDay(ProjectUsageByDay),
    /// One count per day and App: the form of X's documentation.
    ByApp(Vec<ProjectDay>),
}

model! {
    /// Posts read by a project, by day.
    pub struct ProjectUsageByDay {
        /// The project.
        project_id: Option<ProjectId>,
        /// Posts read, by day.
        usage: Vec<UsageDay>,
    }
}

model! {
    /// Posts read on one day.
    pub struct UsageDay {
        /// The day, as X writes it.
        date: Option<String>,
        /// Posts read.
        usage: Option<u64> as Quoted,
    }
}

model! {
    /// Posts read by a project on one day.
    pub struct ProjectDay {
        /// The day, as X writes it: `2024-01-15`.
        date: Option<String>,
        /// Posts read by each App.
        usage: Vec<AppDay>,
    }
}

model! {
    /// Posts read by one App on one day.
    pub struct AppDay {
        /// The App.
        app_id: Option<AppId>,
        /// Posts read.
        tweets_consumed: Option<u64>,
    }
}

model! {
    /// Money that X has given.
    pub struct CreditGrant {
        /// What is left of the grant, in US dollars.
        amount: Option<f64>,
        /// Until when it lasts; absent if for ever, or if X does not know.
        expires_at: Option<Timestamp>,
    }
}

model! {
    /// How much money is left, in US dollars.
    pub struct Credits {
        /// What is left of the grants, in US dollars.
        free_balance: Option<f64>,
        /// Grants that last, the soonest to end first.
        free_grants: Vec<CreditGrant>,
        /// What is left of what was paid, in US dollars; below zero if more was used.
        prepaid_balance: Option<f64>,
        /// What can be spent, in US dollars: both together, and no less than zero.
        total_balance: Option<f64>,
    }
}

impl Wire for ProjectUsage {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        from.deserialize_any(ProjectUsageVisitor(field))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::ByDay(usage) => usage.write(vocabulary, to),
            Self::ByApp(days) => Wire::write(days, vocabulary, to),
        }
    }
}

serde_by_wire!(ProjectUsage);

#[cfg(feature = "samples")]
crate::sample::sample! {
    ProjectUsage: |from| Self::ByDay(crate::sample::Sample::sample(from));
}

struct ProjectUsageVisitor(&'static str);

impl<'de> Visitor<'de> for ProjectUsageVisitor {
    type Value = Option<ProjectUsage>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "an object or a list of days", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let from = MapAccessDeserializer::new(map);
        Ok(ProjectUsageByDay::read(self.0, from)?.map(ProjectUsage::ByDay))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let from = SeqAccessDeserializer::new(seq);
        Ok(Wire::read(self.0, from)?.map(ProjectUsage::ByApp))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
