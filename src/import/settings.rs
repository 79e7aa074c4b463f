//! Settings and data files of old sites, in YAML, TOML or JSON.

use crate::import::post::{OldSite, Person};
use crate::import::remark::{Construct, Remark};
use crate::import::value::HeadValue;
use crate::import::{plain, yaml};

/// Reads a file by its ending. A broken one gives an empty table and a remark.
pub(crate) fn read(name: &str, text: &str, remarks: &mut Vec<Remark>) -> HeadValue {
    let ending = name.rsplit('.').next().unwrap_or("");
    let read = match ending {
        "toml" => text
            .parse::<toml::Table>()
            .map(|it| HeadValue::from(toml::Value::Table(it)))
            .map_err(|it| it.message().to_owned()),
        "json" => serde_json::from_str::<serde_json::Value>(text)
            .map(HeadValue::from)
            .map_err(|it| it.to_string()),
        _ => yaml::read(text).map(|it| it.value),
    };
    read.unwrap_or_else(|said| {
        let mut remark = Remark::of(Construct::BrokenHead, &said);
        name.clone_into(&mut remark.file);
        remarks.push(remark);
        HeadValue::Table(Vec::new())
    })
}

/// Takes over what all settings have in like words.
pub(crate) fn of_site(site: &mut OldSite, settings: &HeadValue) {
    let text = |keys: &[&str]| keys.iter().find_map(|key| settings.text_of(key));
    site.title = text(&["title", "name", "sitename"]).map(|it| plain::of_markup(&it));
    site.description =
        text(&["description", "tagline", "subtitle"]).map(|it| plain::of_markup(&it));
    let url = text(&["url", "baseurl", "base-url", "siteurl"]);
    site.url = url.and_then(|it| crate::import::fields::web(&it));
    site.url = site.url.take().map(|it| it.trim_end_matches('/').to_owned());
    site.language = text(&[
        "lang",
        "language",
        "languagecode",
        "defaultcontentlanguage",
        "default-language",
        "locale",
    ]);
    site.language = site.language.take().map(|it| it.replace('_', "-"));
    site.zone = text(&["timezone", "time-zone"]);
    let author = settings.get("author");
    site.author = author.and_then(|it| it.text().or_else(|| it.text_of("name")));
}

/// Takes over people: a table by key, or a list of tables.
pub(crate) fn people(site: &mut OldSite, people: &HeadValue) {
    let mut add = |key: Option<&str>, value: &HeadValue| {
        let name =
            ["name", "display-name", "title"].iter().find_map(|it| value.text_of(it));
        let Some(name) = name.or_else(|| value.text()) else { return };
        let person = Person {
            name: plain::of_markup(&name),
            summary: ["bio", "summary", "description"]
                .iter()
                .find_map(|it| value.text_of(it))
                .map(|it| plain::of_markup(&it)),
            website: ["website", "url", "site", "web", "homepage"]
                .iter()
                .find_map(|it| value.text_of(it))
                .and_then(|it| crate::import::fields::web(&it)),
        };
        let keys = ["slug", "id", "username", "short-name"]
            .iter()
            .find_map(|it| value.text_of(it));
        for key in [key.map(str::to_owned), keys, Some(name)].into_iter().flatten() {
            site.people.entry(key).or_insert_with(|| person.clone());
        }
    };
    match people {
        HeadValue::Table(pairs) => pairs.iter().for_each(|(key, it)| add(Some(key), it)),
        HeadValue::List(items) => items.iter().for_each(|it| add(None, it)),
        _ => {}
    }
}

/// The texts of a list, or a text alone; nothing for an absent value.
pub(crate) fn texts(value: Option<&HeadValue>) -> Vec<String> {
    value
        .map(HeadValue::items)
        .unwrap_or_default()
        .into_iter()
        .filter_map(HeadValue::text)
        .collect()
}
