//! X's OpenAPI document, as far as the tests ask.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use serde_json::Value;

use crate::beside::shared;

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
    /// The schema of a JSON reply.
    pub(crate) reply: Option<&'a Value>,
    /// The schema of a JSON body.
    pub(crate) body: Option<&'a Value>,
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
        let named = std::env::var_os("X_OPENAPI").map(PathBuf::from);
        let file = named.or_else(|| shared("x-api/openapi.json"))?;
        Some(Self(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()))
    }

    /// The ids of all operations.
    pub(crate) fn operations(&self) -> Vec<&str> {
        self.methods().map(|(_, _, body)| body["operationId"].as_str().unwrap()).collect()
    }

    fn methods(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.0["paths"].as_object().unwrap();
        paths.iter().flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, body)| (&**path, &**method, body))
        })
    }

    /// The types of problem, each with its schema.
    pub(crate) fn problems(&self) -> impl Iterator<Item = (&str, &Value)> {
        let mapping = &self.0["components"]["schemas"]["Problem"]["discriminator"]["mapping"];
        let mapping = mapping.as_object().unwrap();
        mapping.iter().map(|(url, path)| {
            let pointer = path.as_str().unwrap().trim_start_matches('#');
            (&**url, self.0.pointer(pointer).unwrap())
        })
    }

    pub(crate) fn operation<'a>(&'a self, id: &'a str) -> Option<Specified<'a>> {
        let (path, method, body) = self.methods().find(|(_, _, body)| body["operationId"] == id)?;
        let security = || body["security"].as_array().into_iter().flatten();
        let scopes = security().filter_map(|scheme| scheme["OAuth2UserToken"].as_array());
        let json = |content: &'a Value| Some(&content["content"]["application/json"]["schema"]);
        let present = |schema: &&Value| !schema.is_null();
        Some(Specified {
            reply: ["200", "201"]
                .iter()
                .find_map(|status| json(&body["responses"][status]).filter(present)),
            body: json(&body["requestBody"]).filter(present),
            id,
            method: method.to_uppercase(),
            path,
            credentials: security()
                .flat_map(|s| s.as_object().unwrap().keys())
                .map(|s| &**s)
                .collect(),
            scopes: scopes.flatten().map(|scope| scope.as_str().unwrap()).collect(),
            parameters: self.parameters(body),
        })
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
            if self.resolve(nested)["properties"].as_object().is_some_and(|p| !p.is_empty()) {
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

    pub(crate) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let pointer = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        pointer.map_or(schema, |pointer| self.resolve(self.0.pointer(pointer).unwrap()))
    }
}

impl Specified<'_> {
    /// So many turns show every value of every enum: those of requests, and twelve in replies.
    pub(crate) fn turns(&self) -> usize {
        let is_set = |name: &str| name.ends_with(".fields") || name == "expansions";
        let several = self.parameters.iter().filter(|((_, name), _)| !is_set(name));
        let values = several.filter_map(|(_, parameter)| parameter.values.as_ref());
        let largest = values.map(BTreeSet::len);
        largest.max().unwrap_or_default().max(12)
    }

    /// What to declare, for an operation that this crate does not have.
    pub(crate) fn outline(&self) -> String {
        let Self { id, method, path, credentials, scopes, parameters, .. } = self;
        let mut lines =
            vec![format!("{id}: missing; add {method} {path} for {credentials:?} {scopes:?}")];
        for ((place, name), parameter) in parameters {
            lines.push(format!("    {place:?} {name}: {parameter:?}"));
        }
        lines.join("\n")
    }
}
