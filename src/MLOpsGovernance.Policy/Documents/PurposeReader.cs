using System.Text.RegularExpressions;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>What models and data may be for, from documents of kind Purposes. Several add up.</summary>
/// <remarks>
/// <c>spec.purposes</c> is a list of <c>{code, title, description?}</c>; <c>spec.legalBases</c> and <c>spec.specialCategoryConditions</c> are lists of
/// <c>{code, title, article, description?, also?}</c>.
/// </remarks>
internal sealed partial class PurposeReader
{
    private static readonly string[] GroundKeys = ["code", "title", "article", "description", "also"];

    private readonly Dictionary<string, Purpose> _purposes = new(StringComparer.Ordinal);
    private readonly Grounds _bases = new("legal basis", BasisArticle(), "Art. 6(1)(a) to Art. 6(1)(f)");
    private readonly Grounds _conditions = new("special-category condition", ConditionArticle(), "Art. 9(2)(a) to Art. 9(2)(j)");

    public PurposeCatalogue Catalogue => new([.. _purposes.Values], _bases.All, _conditions.All);

    public void Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        if (Section.Open(file, root, "A catalogue of purposes", diagnostics, ["apiVersion", "kind", "metadata", "spec"])?
                .Map("spec", ["purposes", "legalBases", "specialCategoryConditions"]) is not { } spec) return;
        foreach (var purpose in spec.Items("purposes", "A purpose", ["code", "title", "description"], required: true))
        {
            if (CodeOf(purpose) is not { } code || purpose.Text("title") is not { } title) continue;
            if (!_purposes.TryAdd(code.Text, new(code.Text, title, purpose.Text("description", required: false))))
                purpose.Error(code, "purpose.duplicate", $"The purpose '{code.Text}' is there already.");
        }

        foreach (var ground in spec.Items("legalBases", "A legal basis", GroundKeys)) _bases.Read(ground);
        foreach (var ground in spec.Items("specialCategoryConditions", "A special-category condition", GroundKeys)) _conditions.Read(ground);
    }

    private static YamlScalar? CodeOf(Section entry)
    {
        if (entry.Scalar("code") is not { } code) return null;
        if (!Code().IsMatch(code.Text)) entry.Error(code, "purpose.code", $"'{code.Text}' is no code: lower-case letters, digits and hyphens, at most 64.");
        return code;
    }

    /// <summary>Grounds of one article. None of their spellings may mean two of them.</summary>
    private sealed class Grounds(string what, Regex article, string articles)
    {
        private readonly List<LegalGround> _all = [];

        public IReadOnlyList<LegalGround> All => _all;

        public void Read(Section entry)
        {
            if (CodeOf(entry) is not { } code || entry.Text("title") is not { } title || entry.Scalar("article") is not { } place) return;
            if (!article.IsMatch(place.Text)) entry.Error(place, "purpose.article", $"The article of a {what} is written {articles}.");
            var ground = new LegalGround(code.Text, title, place.Text, entry.Text("description", required: false), entry.Texts("also"));
            foreach (var spelling in ground.Also.Prepend(ground.Article).Prepend(ground.Code))
            {
                if (_all.Exists(g => g.Means(spelling))) entry.Error(code, "purpose.duplicate", $"'{spelling}' is another {what} already.");
            }

            _all.Add(ground);
        }
    }

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,63}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"^Art\. 6\(1\)\([a-f]\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BasisArticle();

    [GeneratedRegex(@"^Art\. 9\(2\)\([a-j]\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ConditionArticle();
}
