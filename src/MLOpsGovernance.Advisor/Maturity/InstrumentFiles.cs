using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLOpsGovernance.Advisor.CrossViews;
using MLOpsGovernance.Advisor.People;

namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>An instrument that cannot be used; the message says which file and what is wrong.</summary>
public sealed class InstrumentException(string message) : Exception(message);

/// <summary>Reads an instrument strictly: an unknown or missing field, or a reference to nothing, is an error and never ignored.</summary>
public static class InstrumentFiles
{
    public const string Questions = "questions.json", Statements = "statements.json", Views = "views.json", People = "people.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
    };

    private sealed record QuestionFile(string Instrument, int Version, int WindowDays, IReadOnlyList<string> Levels, IReadOnlyList<AnswerStep> Steps, IReadOnlyList<Dimension> Dimensions);

    /// <summary>The text of a shipped file.</summary>
    public static string Shipped(string file)
    {
        using var stream = typeof(Instrument).Assembly.GetManifestResourceStream($"instrument/{file}") ?? throw new InstrumentException($"{file} is not there.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static Instrument Load(Func<string, string> text)
    {
        var questions = Read<QuestionFile>(Questions, text);
        var instrument = new Instrument(
            questions.Instrument, questions.Version, Digest(text), questions.WindowDays, questions.Levels, questions.Steps, questions.Dimensions,
            Read<StatementCatalogue>(Statements, text), Read<ViewCatalogue>(Views, text), Read<SkillCatalogue>(People, text));
        return InstrumentRules.WhyUnusable(instrument) is { } why ? throw new InstrumentException(why) : instrument;
    }

    private static T Read<T>(string file, Func<string, string> text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text(file), Json) ?? throw new InstrumentException($"{file}: holds nothing.");
        }
        catch (JsonException wrong)
        {
            throw new InstrumentException($"{file}: {wrong.Message}");
        }
    }

    private static string Digest(Func<string, string> text) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', new[] { Questions, Statements, Views, People }.Select(text)))));
}
