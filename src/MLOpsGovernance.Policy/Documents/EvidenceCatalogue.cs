using System.Text.RegularExpressions;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>What evidence can be, from documents of kind EvidenceKinds.</summary>
/// <remarks><c>spec.kinds</c> is a list of <c>{code, title, description?, serves?}</c>; <c>serves</c> names questions of the maturity instrument, <c>D1.1</c> to <c>D8.6</c>.</remarks>
internal sealed partial class EvidenceCatalogue
{
    private readonly Dictionary<string, EvidenceKind> _kinds = new(StringComparer.Ordinal);

    public IReadOnlyList<EvidenceKind> Kinds => [.. _kinds.Values];

    public void Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        if (Section.Open(file, root, "An evidence catalogue", diagnostics, ["apiVersion", "kind", "metadata", "spec"])?.Map("spec", ["kinds"]) is not { } spec) return;
        foreach (var kind in spec.Items("kinds", "A kind of evidence", ["code", "title", "description", "serves"], required: true))
        {
            if (kind.Scalar("code") is not { } code || kind.Text("title") is not { } title) continue;
            if (!Code().IsMatch(code.Text))
                kind.Error(code, "evidence.code", $"'{code.Text}' is no code of a kind: lower-case letters, digits and hyphens, at most 64.");
            if (!_kinds.TryAdd(code.Text, new(code.Text, title, kind.Has("description") ? kind.Text("description") : null, [.. Serves(kind)])))
                kind.Error(code, "evidence.duplicate", $"The kind '{code.Text}' is there already.");
        }
    }

    private static IEnumerable<string> Serves(Section kind)
    {
        if (kind.Find("serves") is not { } node) yield break;
        if (node is not YamlSequence list)
        {
            kind.Error(node, "document.form", "'serves' must be a list of questions.");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is YamlScalar question && Question().IsMatch(question.Text)) yield return question.Text;
            else kind.Error(item, "evidence.question", "A question is written D1.1 to D8.6.");
        }
    }

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,63}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex("^D[1-8]\\.[1-6]$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Question();
}
