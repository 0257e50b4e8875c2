using System.Text.Json.Nodes;

namespace MLOpsGovernance.Domain.ModelCards;

/// <summary>The card of a model version in the shape of Google's Model Card Toolkit (schema 0.0.2). Every part is made of what is recorded, and left out where nothing is.</summary>
public static class ModelCard
{
    public static JsonObject Of(CardSubject subject)
    {
        var card = new JsonObject { ["schema_version"] = "0.0.2", ["model_details"] = Details(subject), ["model_parameters"] = Parameters(subject) };
        if (subject.Version.Metrics.Count > 0)
        {
            card["quantitative_analysis"] = new JsonObject
            {
                ["performance_metrics"] = new JsonArray([.. subject.Version.Metrics.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new JsonObject { ["type"] = m.Name, ["value"] = CardSubject.Figure(m.Value) })]),
            };
        }

        card["considerations"] = Considerations(subject);
        return card;
    }

    private static JsonObject Details(CardSubject subject)
    {
        var details = new JsonObject { ["name"] = subject.Name };
        if (subject.Purpose is { } purpose) details["overview"] = purpose;
        if (subject.Documentation is { } documentation) details["documentation"] = documentation;
        details["owners"] = new JsonArray(new JsonObject { ["name"] = subject.Model.Team });
        details["version"] = new JsonObject { ["name"] = subject.Number, ["date"] = CardSubject.Day(subject.Version.RegisteredAt) };
        string?[] references = [subject.Version.ArtifactDigest, subject.Version.ImageDigest, subject.Version.Commit is { } commit ? $"commit:{commit}" : null, subject.Version.Run is { } run ? $"run:{run}" : null];
        details["references"] = new JsonArray([.. references.OfType<string>().Select(r => new JsonObject { ["reference"] = r })]);
        return details;
    }

    private static JsonObject Parameters(CardSubject subject)
    {
        var parameters = new JsonObject();
        if (subject.Version.Framework is { } framework) parameters["model_architecture"] = framework;
        parameters["data"] = new JsonArray([.. subject.Datasets.Where(d => d.Trained).Select(Data)]);
        return parameters;
    }

    private static JsonObject Data(CardDataset dataset)
    {
        var data = new JsonObject { ["name"] = $"{dataset.Reference.Name}@{dataset.Reference.Version}", ["link"] = dataset.Ref };
        if (dataset.Description is { } description) data["description"] = description;
        if (dataset.Class.Class.PersonalData) data["sensitive"] = new JsonObject { ["sensitive_data"] = new JsonArray("personal data") };
        return data;
    }

    private static JsonObject Considerations(CardSubject subject) => new()
    {
        ["use_cases"] = Described(subject.Model.Purposes),
        ["limitations"] = Described(subject.Limitations),
    };

    private static JsonArray Described(IEnumerable<string> texts) => new([.. texts.Select(t => new JsonObject { ["description"] = t })]);
}
