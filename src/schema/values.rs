//! Values that several files have.
#![expect(dead_code, reason = "the structs are read as types, never made")]

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Text. YAML and TOML take `2025` for a number; it is read as it is written.
#[derive(Debug)]
pub struct Text(String);

/// A day, a month or a year.
#[derive(Debug)]
pub struct PartialDate(String);

/// A day, or a day and a time.
#[derive(Debug)]
pub struct Moment(String);

/// What the desk finds of a claim; YAML reads a bare `false` as a boolean.
#[derive(Debug)]
pub struct FindingWord(String);

/// The name of a file, or a name as an address: lower-case letters, digits, hyphens.
#[derive(Debug)]
pub struct Slug(String);

/// An address on the web.
#[derive(Debug)]
pub struct Url(String);

/// One value, or a list of them.
#[derive(Debug)]
pub struct OneOrMany<T>(Vec<T>);

macro_rules! value {
    ($name:ident, $schema:tt) => {
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

value!(Text, { "type": ["string", "number", "boolean"] });
value!(PartialDate, {
    "type": ["string", "integer"],
    "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "minimum": 1,
    "maximum": 9999,
});
value!(Moment, {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$",
});
value!(FindingWord, {
    "enum": ["unconfirmed", "disputed", "confirmed", "false", false],
});
value!(Slug, { "type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" });
value!(Url, { "type": "string", "pattern": "^https?://" });

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}
