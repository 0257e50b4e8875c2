using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Test results as pipelines show them: a suite for each test file, one for coverage and one for changes that a test must notice.</summary>
internal static class JUnitReport
{
    public static string Of(PolicyTestReport report)
    {
        var suites = report.Results.GroupBy(static r => r.File, StringComparer.Ordinal).Select(static file => Suite(file.Key, [.. file.Select(static r => Case(r))], file.Aggregate(TimeSpan.Zero, static (sum, r) => sum + r.Duration)))
            .Append(Suite("coverage", [.. report.Gaps.Select(static g => Failed(g.Policy, $"{g.Rule.Id} is seen {PolicyTestJson.Wire(g.Missing)}", "coverage", $"no passing case sees {g.Rule.Id} {PolicyTestJson.Wire(g.Missing)}"))], TimeSpan.Zero))
            .Append(Suite("changes", [.. report.Survivors.Select(static s => Failed(s.Policy, s.Change, "mutation", $"{s.Change}, and no test noticed"))], TimeSpan.Zero)).ToList();
        var root = new XElement("testsuites", Totals(suites), suites);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}";
    }

    private static XElement Suite(string name, XElement[] cases, TimeSpan time) => new(
        "testsuite", new XAttribute("name", Text(name)), new XAttribute("tests", cases.Length),
        new XAttribute("failures", cases.Count(static c => c.Element("failure") is not null)), new XAttribute("errors", cases.Count(static c => c.Element("error") is not null)),
        new XAttribute("skipped", 0), new XAttribute("time", Seconds(time)), cases);

    private static object[] Totals(List<XElement> suites) =>
        [.. ((string[])["tests", "failures", "errors"]).Select(name => new XAttribute(name, suites.Sum(s => (int)s.Attribute(name)!)))];

    private static XElement Case(PolicyTestResult result)
    {
        var test = new XElement(
            "testcase", new XAttribute("classname", Text(result.Policy.Length == 0 ? result.File : result.Policy)), new XAttribute("name", Text(result.Name.Length == 0 ? "can be read" : result.Name)),
            new XAttribute("file", Text(result.File)), new XAttribute("line", result.Line), new XAttribute("time", Seconds(result.Duration)));
        if (result.Error is { } error) test.Add(new XElement("error", new XAttribute("type", error.Code), new XAttribute("message", Text(error.Message))));
        else if (result.Failures.Count > 0) test.Add(new XElement("failure", new XAttribute("type", "expectation"), new XAttribute("message", Text(result.Failures[0])), Text(string.Join('\n', result.Failures))));
        return test;
    }

    private static XElement Failed(string policy, string name, string type, string message) => new(
        "testcase", new XAttribute("classname", Text(policy)), new XAttribute("name", Text(name)), new XAttribute("time", "0"),
        new XElement("failure", new XAttribute("type", type), new XAttribute("message", Text(message))));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Without the characters that XML cannot hold at all.</summary>
    private static string Text(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) kept.Append(text, i++, 2);
            else kept.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return kept.ToString();
    }
}
