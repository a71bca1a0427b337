//! Writes what the program found as JSON.

pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(&'static str, Json)>),
}

impl Json {
    pub fn text(value: impl Into<String>) -> Json {
        Json::Text(value.into())
    }

    pub fn texts<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Json {
        Json::List(values.into_iter().map(Json::text).collect())
    }

    pub fn write(&self) -> String {
        match self {
            Json::Null => "null".into(),
            Json::Bool(value) => value.to_string(),
            Json::Number(value) => value.to_string(),
            Json::Text(value) => quoted(value),
            Json::List(values) => format!("[{}]", values.iter().map(Json::write).collect::<Vec<_>>().join(",")),
            Json::Map(members) => {
                let written: Vec<_> =
                    members.iter().map(|(key, value)| format!("{}:{}", quoted(key), value.write())).collect();
                format!("{{{}}}", written.join(","))
            }
        }
    }
}

fn quoted(value: &str) -> String {
    let mut out = String::from('"');
    for c in value.chars() {
        match c {
            '"' | '\\' | '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
