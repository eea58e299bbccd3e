//! Prints every mention of a text: `echo "The Kremlin said …" | cargo run --example mentions -- 2023-05-10`.

use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let on = std::env::args().nth(1).map(|day| day.parse()).transpose()?;
    let pipeline = demarche::knowledge::load()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let tables = pipeline.tables();
    for text in text.lines().filter(|line| !line.trim().is_empty()) {
        println!("# {text}");
        let document = tables.syntax.analyze(text);
        for sentence in &document.sentences {
            for token in &sentence.tokens {
                let head = token.head.map_or("", |head| sentence.token(head).span.of(text));
                eprint!("{}/{}/{}←{head} ", token.span.of(text), token.xpos.name(), token.deprel.name());
            }
            eprintln!();
        }
        let mentions = tables.actors.find(text, &document, on);
        for (i, mention) in mentions.list.iter().enumerate() {
            let identity = &mention.identity;
            let sectors: Vec<&str> = identity.sectors.iter().map(|sector| sector.name()).collect();
            println!(
                "{i:3} [{}] {} {}{} | {}{} | {:?} | {}{}{}",
                mention.span.of(text),
                identity.country.as_deref().unwrap_or("-"),
                sectors.join(" "),
                if mention.locative { " (place)" } else { "" },
                identity.name,
                identity.office.as_ref().map(|office| format!(", {office}")).unwrap_or_default(),
                identity.basis,
                identity.reason,
                mention.antecedent.map(|i| format!(" → {i}")).unwrap_or_default(),
                if mention.members.is_empty() { String::new() } else { format!(" = {:?}", mention.members) },
            );
        }
    }
    Ok(())
}
