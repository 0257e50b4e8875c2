using System.Text.Json;
using System.Text.Json.Serialization;
using MLOpsGovernance.Domain;
using Shouldly;

namespace MLOpsGovernance.Tests;

/// <summary>Given events, when a command is decided, then events or a refusal.</summary>
internal static class Given
{
    /// <summary>JSON as the service keeps and sends it.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static Given<TState> Events<TState>(Func<TState, object, TState> evolve, params IEnumerable<object> events) where TState : new() =>
        new(events.Aggregate(new TState(), evolve), evolve);

    /// <summary>What an event or state says, as text: two that say the same are the same, whatever lists they are made of.</summary>
    public static string Said(object thing) => $"{thing.GetType().Name} {JsonSerializer.Serialize(thing, thing.GetType(), Json)}";
}

internal sealed record Given<TState>(TState State, Func<TState, object, TState> Evolve)
{
    public Given<TState> And(params IEnumerable<object> events) => this with { State = events.Aggregate(State, Evolve) };

    /// <summary>Makes a command part of what happened before; it must be accepted.</summary>
    public Given<TState> Done(Func<TState, Decision> decide)
    {
        var decision = decide(State);
        decision.Refusal.ShouldBeNull();
        decision.Events.ShouldNotBeEmpty();
        return And(decision.Events);
    }

    public Outcome<TState> When(Func<TState, Decision> decide) => new(State, decide(State), Evolve);
}

internal sealed record Outcome<TState>(TState Before, Decision Decision, Func<TState, object, TState> Evolve)
{
    public TState Then(params object[] events)
    {
        Decision.Refusal.ShouldBeNull();
        Decision.Events.Select(Given.Said).ShouldBe(events.Select(Given.Said));
        return Decision.Events.Aggregate(Before, Evolve);
    }

    /// <summary>The command is accepted; which events say so is another test's matter.</summary>
    public TState ThenAccepted()
    {
        Decision.Refusal.ShouldBeNull();
        Decision.Events.ShouldNotBeEmpty();
        return Decision.Events.Aggregate(Before, Evolve);
    }

    /// <summary>It was so already.</summary>
    public void ThenNothing() => Then();

    /// <summary>Refused with this code, with nothing recorded, and with a sentence that a person can act on.</summary>
    public Refusal ThenRefused(string code, RefusalKind? kind = null)
    {
        Decision.Events.ShouldBeEmpty();
        var refusal = Decision.Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code, refusal.Why);
        refusal.Why.ShouldEndWith(".");
        refusal.Why.Length.ShouldBeGreaterThan(20);
        if (kind is not null) refusal.Kind.ShouldBe(kind.Value);
        return refusal;
    }
}
