import type { Reach, Scope } from "@/lib/auth/actor";
import type { AuthMode } from "@/lib/config/schema";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";

export interface SourceAnswer {
  name: string;
  provider: string;
  title: string;
  auth: AuthMode;
  username: string | null;
  header: string | null;
  address: string;
  secrets: number;
  provisioned: boolean;
  createdAt: string | null;
  rotatedAt: string | null;
  canTest: boolean;
  lastDelivery: Pick<DeliveryAnswer, "id" | "event" | "receivedAt" | "outcome" | "error"> | null;
  deliveries24h: number;
  failed24h: number;
}

export interface ProviderAnswer {
  name: string;
  title: string;
  auths: AuthMode[];
  defaultAuth: AuthMode;
  canTest: boolean;
}

export interface TokenAnswer {
  id: string;
  name: string;
  prefix: string | null;
  scopes: Scope[];
  reach: Reach | null;
  createdBy: string | null;
  createdAt: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  provisioned: boolean;
  replacing: string | null;
  state: "active" | "expired" | "revoked";
}

export interface ServiceRule {
  name: string;
  repository: string | null;
  team: string | null;
  dependsOn: string[];
  paths: string[];
  deployments: string[];
}
export interface ServiceRuleAnswer extends ServiceRule {
  provisioned: boolean;
}

export interface RulePreview {
  deployments: {
    matched: number;
    moved: number;
    examples: {
      id: string;
      named: string;
      environment: string;
      at: string | null;
      from: string;
      to: string;
    }[];
  };
  changes: {
    matched: number;
    examples: { revision: string; message: string | null; paths: string[] }[];
  };
}

export interface EngineAnswer {
  name: string;
  url: string;
  hasCredential: boolean;
  provisioned: boolean;
}
