//! X's OpenAPI document, as far as the tests ask.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::sample::Source;

pub(crate) struct Api(Value);

/// An operation as the specification has it.
pub(crate) struct Specified<'a> {
    pub(crate) id: &'a str,
    pub(crate) method: String,
    pub(crate) path: &'a str,
    pub(crate) credentials: BTreeSet<&'a str>,
    /// The scopes of an OAuth 2.0 user token.
    pub(crate) scopes: BTreeSet<&'a str>,
    pub(crate) parameters: BTreeMap<(Place, String), Parameter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Path,
    Query,
    /// A property of a JSON body, with dots between the names of nested ones.
    Body,
}

#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) required: bool,
    /// Whether it is a list, which a query joins with commas.
    pub(crate) is_list: bool,
    /// The least number, or the least length of a list or a text.
    pub(crate) low: Option<u64>,
    /// The greatest number, or the greatest length of a list or a text.
    pub(crate) high: Option<u64>,
    /// The values of an enum, or of a list of them.
    pub(crate) values: Option<BTreeSet<String>>,
    /// What a list is made of.
    pub(crate) item: Option<Box<Self>>,
}

impl Api {
    /// Reads the document, or says that there is none.
    pub(crate) fn load() -> Option<Self> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
        let folder = std::env::var_os("X_SHARED").map_or_else(beside, PathBuf::from);
        let file = folder.join("x-api/openapi.json");
        let Ok(text) = std::fs::read(&file) else {
            println!("skipped: no {} (set X_SHARED to the shared folder)", file.display());
            return None;
        };
        Some(Self(serde_json::from_slice(&text).unwrap()))
    }

    pub(crate) fn operation<'a>(&'a self, id: &'a str) -> Specified<'a> {
        let paths = self.0["paths"].as_object().unwrap();
        let methods = paths.iter().flat_map(|(path, methods)| {
            methods.as_object().unwrap().iter().map(move |(method, body)| (path, method, body))
        });
        let (path, method, body) = methods
            .into_iter()
            .find(|(_, _, body)| body["operationId"] == id)
            .unwrap_or_else(|| panic!("the specification has no {id}"));
        let security = || body["security"].as_array().into_iter().flatten();
        let scopes = security().filter_map(|scheme| scheme["OAuth2UserToken"].as_array());
        Specified {
            id,
            method: method.to_uppercase(),
            path,
            credentials: security()
                .flat_map(|s| s.as_object().unwrap().keys())
                .map(|s| &**s)
                .collect(),
            scopes: scopes.flatten().map(|scope| scope.as_str().unwrap()).collect(),
            parameters: self.parameters(body),
        }
    }

    fn parameters(&self, operation: &Value) -> BTreeMap<(Place, String), Parameter> {
        let mut parameters = BTreeMap::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = self.resolve(parameter);
            let place = match parameter["in"].as_str().unwrap() {
                "path" => Place::Path,
                "query" => Place::Query,
                place => panic!("a parameter in the {place}"),
            };
            let name = parameter["name"].as_str().unwrap().to_owned();
            let required = parameter["required"] == true;
            let parameter = self.parameter(self.resolve(&parameter["schema"]), required);
            parameters.insert((place, name), parameter);
        }
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        self.properties("", body, true, &mut parameters);
        parameters
    }

    /// The properties of a body that hold no others.
    fn properties(
        &self,
        prefix: &str,
        schema: &Value,
        required: bool,
        parameters: &mut BTreeMap<(Place, String), Parameter>,
    ) {
        let schema = self.resolve(schema);
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{prefix}{name}");
            let names = schema["required"].as_array().into_iter().flatten();
            let required = required && names.into_iter().any(|required| required == name);
            let property = self.resolve(property);
            let nested = if property["type"] == "array" { &property["items"] } else { property };
            if self.resolve(nested)["properties"].is_object() {
                self.properties(&format!("{path}."), nested, required, parameters);
            } else {
                parameters.insert((Place::Body, path), self.parameter(property, required));
            }
        }
    }

    fn parameter(&self, schema: &Value, required: bool) -> Parameter {
        let is_list = schema["type"] == "array";
        let (low, high) = match schema["type"].as_str() {
            Some("integer") => ("minimum", "maximum"),
            Some("array") => ("minItems", "maxItems"),
            _ => ("minLength", "maxLength"),
        };
        let high = schema[high].as_u64();
        // A list that may be of any length is left out when it is empty, and a token is opaque.
        let has_low = high.is_some() || schema["type"] == "integer";
        let item = is_list.then(|| Box::new(self.parameter(self.resolve(&schema["items"]), true)));
        let values = schema["enum"]
            .as_array()
            .map(|values| values.iter().map(|value| value.as_str().unwrap().to_owned()).collect());
        Parameter {
            required,
            is_list,
            low: schema[low].as_u64().filter(|_| has_low),
            high,
            values: values.or_else(|| item.as_ref()?.values.clone()),
            item,
        }
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let pointer = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        pointer.map_or(schema, |pointer| self.resolve(self.0.pointer(pointer).unwrap()))
    }
}

impl Specified<'_> {
    /// Values for the operation's parameters, each as small as the specification allows.
    pub(crate) fn source(&self) -> Source {
        let low = |((_, name), parameter): (&(Place, String), &Parameter)| {
            (name.clone(), parameter.low.unwrap_or(1).max(1))
        };
        Source::new(self.parameters.iter().map(low).collect())
    }
}
