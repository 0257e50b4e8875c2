using JasperFx;
using Marten.Exceptions;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>A grain's memory of its stream proved nothing any more; nothing of the command was stored. Try again.</summary>
[GenerateSerializer, Alias("stale-activation.v1")]
internal sealed class StaleActivationException(string stream) : Exception($"{stream} was changed behind this activation; it reads the stream again.")
{
    [Id(0)] public string Stream { get; } = stream;
}

/// <summary>Something the decision rested on changed before it was stored. Nothing was stored; read again and decide anew.</summary>
[GenerateSerializer, Alias("guard-failed.v1")]
internal sealed class GuardFailedException(string detail) : Exception(detail);

/// <summary>PostgreSQL did not answer. What was under way is stored wholly or not at all; a retry with the same idempotency key settles which.</summary>
[GenerateSerializer, Alias("store-unavailable.v1")]
internal sealed class StoreUnavailableException(string detail) : Exception(detail);

internal static class StoreErrors
{
    /// <summary>SQLSTATE of a guard that did not hold.</summary>
    internal const string GuardFailed = "MG001";

    /// <summary>PostgreSQL refused the transaction, so nothing of it was stored. After any other failure the outcome is unknown.</summary>
    internal static bool IsConflict(Exception e) =>
        e is ConcurrencyException or ExistingStreamIdCollisionException or JasperFx.Events.ExistingStreamIdCollisionException
        || SqlState(e) is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or GuardFailed;

    internal static bool IsGuard(Exception e) => SqlState(e) == GuardFailed;

    /// <summary>PostgreSQL was there and refused what it was given: SQLSTATE class 22. Nothing was stored, and trying again changes nothing.</summary>
    internal static bool IsRefusedData(Exception e) => SqlState(e)?.StartsWith("22", StringComparison.Ordinal) ?? false;

    internal static bool IsUnavailable(Exception e) => !IsRefusedData(e) && Disconnected(e);

    private static bool Disconnected(Exception e) =>
        e is StoreUnavailableException or TimeoutException or System.Net.Sockets.SocketException or IOException or ObjectDisposedException
        || e is NpgsqlException
        || (e.InnerException is { } inner && Disconnected(inner));

    internal static string? SqlState(Exception e)
    {
        for (var x = e; x is not null; x = x.InnerException) if (x is PostgresException p) return p.SqlState;
        return null;
    }
}
