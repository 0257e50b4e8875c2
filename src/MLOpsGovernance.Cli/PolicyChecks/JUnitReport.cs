using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>A decision as JUnit: a suite for each policy, a case for each rule. Only what shuts the gate is a failure; what merely warns is told beside it.</summary>
internal static class JUnitReport
{
    public static string Of(GateDecision decision, CheckQuestion question)
    {
        XElement[] suites = [.. ReportedRule.Of(decision).GroupBy(r => r.Policy, StringComparer.Ordinal).Select(p => Suite(p.Key, [.. p]))];
        var root = new XElement("testsuites", new XAttribute("name", Clean($"{question} ({decision.Id})")), Counts(suites), suites);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}";
    }

    private static XElement Suite(string policy, ReportedRule[] rules)
    {
        XElement[] cases = [.. rules.Select(Case)];
        var warnings = rules.Where(r => r.IsAgainst && r.Level != "mandatory").Select(r => $"{r.Level} {r.Id}: {r.Text}").ToList();
        var suite = new XElement("testsuite", new XAttribute("name", Clean(policy)), new XAttribute("tests", cases.Length), new XAttribute("failures", Count(cases, "failure")),
            new XAttribute("errors", Count(cases, "error")), new XAttribute("skipped", Count(cases, "skipped")), new XAttribute("time", "0"), cases);
        if (warnings.Count > 0) suite.Add(new XElement("system-out", Clean(string.Join('\n', warnings))));
        return suite;
    }

    private static XElement Case(ReportedRule rule)
    {
        var test = new XElement("testcase", new XAttribute("classname", Clean(rule.Policy)), new XAttribute("name", Clean(rule.Id)), new XAttribute("time", "0"));
        XElement? said = rule switch
        {
            { IsWaived: true } => new("skipped", new XAttribute("message", Clean($"waived until {rule.WaivedUntil ?? "an unknown time"}"))),
            { Result: "notApplicable" } => new("skipped", new XAttribute("message", "not applicable")),
            { Result: "notYetInForce" } => new("skipped", new XAttribute("message", "not yet in force")),
            { Result: "error", Level: "mandatory" } => new("error", new XAttribute("message", Clean(rule.Message)), new XAttribute("type", rule.Level), Clean(rule.Text)),
            { Result: "fail", Level: "mandatory" } => new("failure", new XAttribute("message", Clean(rule.Message)), new XAttribute("type", rule.Level), Clean(rule.Text)),
            _ => null,
        };
        if (said is not null) test.Add(said);
        return test;
    }

    private static XAttribute[] Counts(XElement[] suites) =>
        [.. ((string[])["tests", "failures", "errors", "skipped"]).Select(name => new XAttribute(name, suites.Sum(s => (int)s.Attribute(name)!)))];

    private static int Count(XElement[] cases, string kind) => cases.Count(c => c.Element(kind) is not null);

    /// <summary>Without the characters that XML cannot hold at all.</summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) kept.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        return kept.ToString();
    }
}
