using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Rules;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Testing;

/// <summary>Reads a document of kind PolicyTest.</summary>
internal static class TestReader
{
    public static TestDocument? Read(PolicySet set, PolicyFile test, YamlNode root, Dictionary<string, PolicyFile> files, Diagnostics diagnostics)
    {
        if (DocumentHead.Read(test.Path, root, diagnostics) is not { } kind) return null;
        if (kind != DocumentHead.PolicyTest)
        {
            diagnostics.Error(test.Path, root, "document.kind", $"This is a {kind}, not a PolicyTest.");
            return null;
        }

        if (Section.Open(test.Path, root, "A policy test", diagnostics, PolicyTestForm.Document.Names) is not { } document) return null;
        var policy = Policy(set, test, document);
        var waivers = Waivers(test, document, files);
        var settings = Settings(document);
        Parameters(document, policy);
        if (settings.Now is null && !document.Has("now")) document.Error(root, "test.now", "A test states 'now', so that it means the same on every day.");
        if (document.Require("baseFacts") is not YamlMapping facts)
        {
            if (document.Find("baseFacts") is { } wrong) document.Error(wrong, "document.form", "'baseFacts' must be a mapping.");
            return null;
        }

        var cases = document.Items("cases", "A case", PolicyTestForm.Case.Names, required: true).Select(c => Case(c, policy)).ToList();
        if (cases.Count == 0) document.Error(document.Find("cases") ?? root, "test.no-cases", "A test file without cases tests nothing.");
        return policy is null ? null : new(test.Path, policy, waivers, facts, settings, cases);
    }

    private static string Beside(PolicyFile test, string name) =>
        test.Path.LastIndexOf('/') is var slash and >= 0 ? $"{test.Path[..slash]}/{name}" : name;

    private static CompiledPolicy? Policy(PolicySet set, PolicyFile test, Section document)
    {
        if (document.Scalar("policy") is not { } name) return null;
        var path = Beside(test, name.Text);
        var found = set.Compiled.FirstOrDefault(p => p.Document.Path == path);
        if (found is null)
            document.Error(name, "test.policy", $"The set has no policy '{path}'.", Spelling.Nearest(name.Text, set.Policies.Select(static p => Path.GetFileName(p.Path))));
        return found;
    }

    private static PolicyFile? Waivers(PolicyFile test, Section document, Dictionary<string, PolicyFile> files)
    {
        if (document.Scalar("waivers", required: false) is not { } name) return null;
        if (files.TryGetValue(Beside(test, name.Text), out var file)) return file;
        document.Error(name, "test.waivers", $"There is no file '{Beside(test, name.Text)}'.");
        return null;
    }

    private static TestSettings Settings(Section section)
    {
        Dictionary<string, IReadOnlyList<string>>? principals = null;
        if (section.Map("principals", null, required: false) is { } given)
            principals = given.Entries.ToDictionary(static e => e.Key.Text, e => given.Texts(e.Key.Text), StringComparer.Ordinal);
        var parameters = section.Map("parameters", null, required: false)?.Node as YamlMapping;
        return new(section.Instant("now", required: false), principals, parameters, section.Text("action", required: false), section.Text("environment", required: false));
    }

    private static TestCase Case(Section section, CompiledPolicy? policy)
    {
        var patch = section.Items("patch", "A patch step", PolicyTestForm.Step.Names).Select(Step).ToList();
        var (rules, messages) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        string? decision = null, outcome = null;
        if (section.Map("expect", PolicyTestForm.Expect.Names) is { } expect)
        {
            decision = expect.OneOf("decision", PolicyTestForm.Decisions, required: false);
            outcome = expect.OneOf("outcome", PolicyTestForm.Outcomes, required: false);
            Rules(expect.Map("rules", null, required: false), policy, rules, PolicyTestForm.Results);
            Rules(expect.Map("messageContains", null, required: false), policy, messages, null);
            if (decision is null && outcome is null && rules.Count == 0 && messages.Count == 0)
                expect.Error(expect.Node, "test.expects-nothing", "A case expects a decision, an outcome, results of rules or messages.");
        }

        Parameters(section, policy);
        return new(section.Text("name") ?? "", section.Node, Settings(section), patch, decision, outcome, rules, messages);
    }

    private static void Parameters(Section section, CompiledPolicy? policy)
    {
        if (policy is null || section.Map("parameters", null, required: false) is not { } given) return;
        foreach (var entry in given.Entries)
        {
            if (policy.Parameters.IndexOf(entry.Key.Text) < 0)
                given.Error(entry.Key, "test.parameter", $"The policy has no parameter '{entry.Key.Text}'.", Spelling.Nearest(entry.Key.Text, policy.Parameters.Names));
        }
    }

    private static void Rules(Section? section, CompiledPolicy? policy, Dictionary<string, string> to, string[]? words)
    {
        foreach (var entry in section?.Entries ?? [])
        {
            if (policy is not null && !policy.Document.Rules.Any(r => r.Id == entry.Key.Text))
                section!.Error(entry.Key, "test.rule", $"The policy has no rule '{entry.Key.Text}'.", Spelling.Nearest(entry.Key.Text, policy.Document.Rules.Select(static r => r.Id)));
            if ((words is null ? section!.Text(entry.Key.Text) : section!.OneOf(entry.Key.Text, words, required: true)) is { } text) to[entry.Key.Text] = text;
        }
    }

    private static PatchStep Step(Section step)
    {
        var operation = step.OneOf("op", PolicyTestForm.Operations, required: true) ?? "";
        var value = operation == "remove" ? step.Find("value") : step.Require("value");
        if (operation == "remove" && value is not null) step.Error(value, "test.ignored", "'remove' takes no value; it would be ignored.");
        return new(operation, step.Text("path") ?? "", value, step.Node);
    }
}
