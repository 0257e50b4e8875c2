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

    /// <summary>
    /// PostgreSQL cannot be reached, or says itself that it cannot serve now: SQLSTATE classes 08 (connection), 53 (resources) and 57P (shut down, starting up).
    /// Whatever else it says is a fault of ours or of the installation, which no waiting mends.
    /// </summary>
    internal static bool IsUnavailable(Exception e) => SqlState(e) is { } state
        ? state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
        : Disconnected(e);

    /// <summary>With what PostgreSQL or the connection said, for the log: the cause itself does not cross from one server to another.</summary>
    internal static StoreUnavailableException Unavailable(Exception e)
    {
        var cause = e.GetBaseException();
        return new($"The event store cannot be reached: {cause.GetType().Name}: {cause.Message}");
    }

    private static bool Disconnected(Exception e) =>
        e is StoreUnavailableException or NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException
        // A connection that another one's failure has closed meanwhile.
        || (e is ObjectDisposedException disposed && (disposed.ObjectName.Contains("Npgsql", StringComparison.Ordinal) || disposed.ObjectName.StartsWith("System.Net.", StringComparison.Ordinal)))
        || (e.InnerException is { } inner && Disconnected(inner));

    internal static string? SqlState(Exception e)
    {
        for (var x = e; x is not null; x = x.InnerException) if (x is PostgresException p) return p.SqlState;
        return null;
    }
}
