using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>What was stored years ago must be read by every later version: names and shapes of events are held by an approved file.</summary>
public sealed class StoredEvents
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static readonly ISerializer Store = Serializer();

    [Fact]
    public void Have_the_approved_names_and_JSON()
    {
        var all = new JsonObject(EventNames.All.OrderBy(e => e.Value, StringComparer.Ordinal)
            .Select(e => KeyValuePair.Create(e.Value, JsonNode.Parse(Store.ToJson(One(e.Key))))));
        Approved.Matches(all.ToJsonString(Readable), "Events", "json");
    }

    [Fact]
    public void Are_read_from_the_approved_JSON_as_they_were_written()
    {
        var approved = JsonNode.Parse(Approved.Text("Events", "json"))!.AsObject();
        foreach (var (type, name) in EventNames.All) Read(type, approved[name].ShouldNotBeNull(name).ToJsonString()).ShouldBeEquivalentTo(One(type), name);
    }

    [Fact]
    public void Are_every_event_of_the_domain()
    {
        var records = typeof(AttemptRefused).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.GetConstructors().Any(c => c.GetParameters() is var p && p.Any(x => x.Name == "At") && p.Any(x => x.Name == "By")))
            .Where(t => t.GetProperty("EqualityContract", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance) is not null)
            .Select(t => t.Name).ToHashSet();
        var states = new[] { "Suspension", "Incident", "Withdrawal", "Revocation", "Finding", "Deployment", "DeploymentOutcome", "DatasetVersion", "Approval", "Validation", "Agreement", "Reopening", "EvidenceItem", "WaiverApproval", "WaiverEnding", "DatasetReview" };
        var stored = EventNames.All.Keys.Select(t => t.Name).ToHashSet();
        records.Except(states).Except(stored).ShouldBeEmpty("written by the domain, and stored under no name");
        stored.Except(records).ShouldBeEmpty();
        EventNames.All.Values.ShouldBeUnique();
    }

    /// <summary>An event as the store reads it.</summary>
    internal static object Read(Type type, string json)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        return Store.FromJson(type, bytes);
    }

    private static object One(Type type) => Filled(type, type.Name, 0)!;

    /// <summary>A value with every field set, the same in every run.</summary>
    private static object? Filled(Type type, string name, int depth)
    {
        depth.ShouldBeLessThan(8, $"{name} has no end");
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return $"{char.ToLowerInvariant(name[0])}{name[1..]}";
        if (type == typeof(int)) return 7;
        if (type == typeof(long)) return 77L;
        if (type == typeof(double)) return 0.5;
        if (type == typeof(decimal)) return 12.5m;
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 1, 31, 12, 30, 15, 250, TimeSpan.Zero);
        if (type == typeof(DateOnly)) return new DateOnly(2026, 1, 31);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var item = type.GetGenericArguments()[0];
            var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            list.Add(Filled(item, name, depth + 1));
            return list;
        }

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length).ShouldNotBeNull($"{type} cannot be made");
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Filled(p.ParameterType, p.Name!, depth + 1))]);
    }

    private static ISerializer Serializer()
    {
        var options = new StoreOptions();
        MartenSetup.Configure(options);
        return options.Serializer();
    }
}
